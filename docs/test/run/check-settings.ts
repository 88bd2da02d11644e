import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parse, stringify } from "smol-toml";
import { expect } from "vitest";
import * as z from "zod";
import { KEYED_PROVIDERS } from "../../../apps/edge/src/provider-registry.ts";
import { keyedSettingsSchema, settingsSchema } from "../../../apps/edge/src/settings-schema.ts";
import { ROOT } from "../markdown/read-document.ts";
import { checkWrangler } from "../shims/check-wrangler.ts";

const ALL = z.strictObject({
  ...settingsSchema.shape,
  ...Object.assign(
    {},
    ...Object.values(KEYED_PROVIDERS).map(([prefix]) => keyedSettingsSchema(prefix).shape),
  ),
});

/** Vars, as the Worker would read them: known ones alone, with good values. */
function checkVars(vars: unknown): void {
  const secrets = { ADMIN_TOKEN: "a", SIGNING_SECRET: "s" };
  expect(
    ALL.safeParse({ ...secrets, ...z.record(z.string(), z.unknown()).parse(vars) }).error,
  ).toBeUndefined();
}

/**
 * A piece of wrangler.toml: its vars by the Worker's parser, the whole by a deploy that uploads nothing. What it says
 * takes the place of what the checkout's file says there; capitals alone are vars.
 */
export async function checkWranglerToml(text: string, directory: string): Promise<void> {
  const parsed = parse(text);
  const piece = Object.keys(parsed).every((key) => /^[A-Z_]+$/.test(key)) ? { vars: parsed } : parsed;
  checkVars(piece["vars"] ?? {});
  const whole = { ...parse(await readFile(join(ROOT, "wrangler.toml"), "utf8")), ...piece };
  const path = join(directory, "wrangler.toml");
  // Its paths are the checkout's.
  const { main, assets, build, ...rest } = wholeSchema.parse(whole);
  const placed = {
    main: join(ROOT, main),
    assets: { directory: join(ROOT, assets.directory) },
    build: { command: build.command, cwd: ROOT },
  };
  await writeFile(path, stringify({ ...rest, ...placed }));
  await checkWrangler(["deploy", "--config", path], ROOT);
}

const wholeSchema = z.looseObject({
  main: z.string(),
  assets: z.object({ directory: z.string() }),
  build: z.object({ command: z.string() }),
});
