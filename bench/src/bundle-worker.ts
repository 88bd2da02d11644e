import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { parse } from "smol-toml";
import * as z from "zod";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

const wranglerSchema = z.object({ main: z.string(), compatibility_date: z.string() });

/** What wrangler.toml says of the Worker. */
export async function readWrangler(): Promise<z.output<typeof wranglerSchema>> {
  return wranglerSchema.parse(parse(await readFile(join(ROOT, "wrangler.toml"), "utf8")));
}

/** Bundles a Worker as wrangler does. @param entryPoint - from the root of the checkout */
export async function bundleWorker(entryPoint: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(ROOT, entryPoint)],
    bundle: true,
    format: "esm",
    target: "es2024",
    external: ["cloudflare:*", "node:*", "./bluehour.js"],
    conditions: ["workerd", "worker", "browser"],
    logLevel: "silent",
    write: false,
    outdir: "/",
  });
  return outputFiles[0]?.text ?? "";
}
