import { type BuildFailure, build } from "esbuild";
import { CommandError } from "../terminal/command-error.ts";

/**
 * The Worker as one module, in memory, as wrangler bundles it.
 *
 * @throws CommandError naming the first fault in the sources
 */
export async function bundleWorker(entryPoint: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [entryPoint],
    bundle: true,
    format: "esm",
    target: "es2024",
    external: ["cloudflare:*", "node:*"],
    conditions: ["workerd", "worker", "browser"],
    logLevel: "silent",
    write: false,
    outdir: "/",
  }).catch((error: BuildFailure) => {
    const [fault] = error.errors ?? [];
    const place = fault?.location ? `${fault.location.file}:${fault.location.line}: ` : "";
    throw new CommandError(`cannot bundle the Worker: ${place}${fault?.text ?? error.message}`, {
      cause: error,
    });
  });
  const [bundle] = outputFiles;
  if (!bundle) throw new CommandError("cannot bundle the Worker: esbuild wrote nothing");
  return bundle.text;
}
