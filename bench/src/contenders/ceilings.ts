import { bundleWorker } from "../bundle-worker.ts";
import { type LocalWorker, startWorker } from "../local-worker.ts";

/** Starts a Worker that does nothing, and at `/object` has a Durable Object do nothing. */
export async function startCeilings(): Promise<LocalWorker> {
  const contents = await bundleWorker("bench/worker/ceilings.ts");
  return startWorker(() => ({
    env: { NOOP: { type: "durable-object", worker: "bench", exportName: "Noop" } },
    exports: { Noop: { type: "durable-object", storage: "sqlite" } },
    manifest: { mainModule: "ceilings.js", modules: { "ceilings.js": { type: "esm", contents } } },
  }));
}
