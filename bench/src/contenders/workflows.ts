import * as z from "zod";
import { bundleWorker } from "../bundle-worker.ts";
import { startWorker } from "../local-worker.ts";
import { type Contender, PROMPT } from "./contender.ts";
import type { Upstream } from "./upstream.ts";

const createdSchema = z.object({ id: z.string() });
const statusSchema = z.object({
  status: z.enum(["queued", "running", "waiting", "complete"]),
  output: z.object({ images: z.tuple([z.object({ key: z.string() })]) }).nullish(),
});

const REQUEST = JSON.stringify({ image_count: 1, style: { prompt: PROMPT } });

/** The job on Cloudflare Workflows, in a workerd of its own. @param module - of `bench/workflows` */
export async function startWorkflows(
  { url, apiKey, renderMs }: Upstream,
  module: "worker.ts" | "metered.ts" = "worker.ts",
): Promise<Contender> {
  const contents = await bundleWorker(`bench/workflows/${module}`);
  const worker = await startWorker(() => ({
    env: {
      UPSTREAM_URL: { type: "text", value: url },
      UPSTREAM_KEY: { type: "text", value: apiKey },
      RENDER_MS: { type: "json", value: renderMs },
      IMAGES: { type: "r2", name: "images" },
      WORKFLOW: { type: "workflow", worker: "bench", exportName: "ImageWorkflow", name: "images" },
    },
    manifest: { mainModule: "worker.js", modules: { "worker.js": { type: "esm", contents } } },
  }));
  return {
    name: "Workflows",
    url: worker.url,
    create: () => ({
      method: "POST",
      path: "/jobs",
      headers: { "content-type": "application/json" },
      body: REQUEST,
    }),
    idOf: (answer) => createdSchema.parse(answer).id,
    status: (id) => ({ method: "GET", path: `/jobs/${id}` }),
    imageOf(answer) {
      const { status, output } = statusSchema.parse(answer);
      return status === "complete" && output ? `${worker.url}/images/${output.images[0].key}` : null;
    },
    cpuMs: () => worker.process.cpuMs,
    stop: () => worker.stop(),
  };
}
