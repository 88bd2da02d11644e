import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { WorkerOptions } from "miniflare";
import { parse } from "smol-toml";
import * as z from "zod";
import { CommandError } from "../terminal/command-error.ts";

type Config = WorkerOptions["config"];

/** The part of wrangler.toml that a local Worker needs; `[ai]` exists on Cloudflare's network only. */
const wranglerSchema = z.looseObject({
  name: z.string(),
  main: z.string(),
  compatibility_date: z.string(),
  compatibility_flags: z.array(z.string()).optional(),
  vars: z.record(z.string(), z.json()).default({}),
  ai: z.unknown().optional(),
  build: z.object({ command: z.string().optional(), cwd: z.string().default(".") }).optional(),
  durable_objects: z
    .object({ bindings: z.array(z.object({ name: z.string(), class_name: z.string() })) })
    .optional(),
  migrations: z.array(z.looseObject({ new_sqlite_classes: z.array(z.string()).default([]) })).default([]),
  r2_buckets: z.array(z.object({ binding: z.string(), bucket_name: z.string() })).default([]),
  assets: z
    .object({
      directory: z.string(),
      binding: z.string().optional(),
      html_handling: z
        .enum(["auto-trailing-slash", "drop-trailing-slash", "force-trailing-slash", "none"])
        .optional(),
      not_found_handling: z.enum(["none", "single-page-application", "404-page"]).optional(),
      run_worker_first: z.union([z.array(z.string()), z.boolean()]).optional(),
    })
    .optional(),
});
type Wrangler = z.output<typeof wranglerSchema>;

/** What wrangler.toml says, in Miniflare's words. Paths are absolute. */
export interface WorkerConfig {
  readonly main: string;
  readonly config: Omit<Config, "assets" | "manifest">;
  /** The playground, as the Worker serves it. */
  readonly assets: Config["assets"];
  /** The command that makes what the Worker needs, and where it runs. */
  readonly build: { readonly command: string; readonly directory: string } | undefined;
}

/**
 * Reads wrangler.toml, so that bindings are declared once. Importing wrangler to do it takes 1.5 s, this 20 ms.
 *
 * @throws CommandError naming what is wrong, or which binding the local Worker does not have
 */
export async function readWorkerConfig(path: string): Promise<WorkerConfig> {
  const parsed = wranglerSchema.safeParse(parse(await readFile(path, "utf8")));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new CommandError(`${path}: ${issue?.path.join(".")}: ${issue?.message}`);
  }
  const wrangler = parsed.data;
  const unsupported = Object.keys(wrangler).find(
    (key) => !(key in wranglerSchema.shape) && hasBinding(wrangler[key]),
  );
  if (unsupported) {
    throw new CommandError(`${path}: the local Worker has no ${unsupported}: teach it in worker-config.ts`);
  }
  const root = dirname(path);
  const { assets, build } = wrangler;
  return {
    main: join(root, wrangler.main),
    config: {
      name: wrangler.name,
      compatibilityDate: wrangler.compatibility_date,
      compatibilityFlags: wrangler.compatibility_flags,
      env: envOf(wrangler),
      exports: exportsOf(wrangler),
    },
    assets: assets && {
      directory: join(root, assets.directory),
      htmlHandling: assets.html_handling,
      notFoundHandling: assets.not_found_handling,
      runWorkerFirst: assets.run_worker_first,
      hasUserWorker: true,
    },
    build: build?.command ? { command: build.command, directory: join(root, build.cwd) } : undefined,
  };
}

function envOf(wrangler: Wrangler): NonNullable<Config["env"]> {
  const env: NonNullable<Config["env"]> = {};
  for (const [name, value] of Object.entries(wrangler.vars)) {
    env[name] = typeof value === "string" ? { type: "text", value } : { type: "json", value };
  }
  for (const { name, class_name } of wrangler.durable_objects?.bindings ?? []) {
    env[name] = { type: "durable-object", worker: wrangler.name, exportName: class_name };
  }
  for (const { binding, bucket_name } of wrangler.r2_buckets)
    env[binding] = { type: "r2", name: bucket_name };
  return env;
}

function exportsOf(wrangler: Wrangler): NonNullable<Config["exports"]> {
  const sqlite = new Set(wrangler.migrations.flatMap(({ new_sqlite_classes }) => new_sqlite_classes));
  return Object.fromEntries(
    (wrangler.durable_objects?.bindings ?? []).map(({ class_name }) => [
      class_name,
      { type: "durable-object", storage: sqlite.has(class_name) ? "sqlite" : "legacy-kv" } as const,
    ]),
  );
}

function hasBinding(section: unknown): boolean {
  if (Array.isArray(section)) return section.some(hasBinding);
  return typeof section === "object" && section !== null && "binding" in section;
}
