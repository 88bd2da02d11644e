import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "smol-toml";
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

/** A piece of wrangler.toml: its vars by the Worker's parser, the rest by a deploy that uploads nothing. */
export async function checkWranglerToml(text: string): Promise<void> {
  checkVars(parse(text)["vars"] ?? {});
  const path = join(ROOT, ".wrangler.docs-test.toml");
  await writeFile(path, `${await readFile(join(ROOT, "wrangler.toml"), "utf8")}\n${text}`);
  checkWrangler(["deploy", "--config", path], ROOT);
}
