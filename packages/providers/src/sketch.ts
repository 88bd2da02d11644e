import { ASPECT_RATIOS, imageSize, type Provider, ProviderError, RESOLUTIONS } from "@bluehour/core";
import * as z from "zod";
import { finisher, framed, treatmentOf } from "./sketch/finish.ts";
import { abstract, landscape } from "./sketch/landscape.ts";
import { hash } from "./sketch/noise.ts";
import { encodePng } from "./sketch/png.ts";
import { worldOf } from "./sketch/scene.ts";

const operationSchema = z.object({
  startedAt: z.number(),
  prompt: z.string(),
  tool: z.string(),
  aspectRatio: z.enum(ASPECT_RATIOS),
  resolution: z.enum(RESOLUTIONS),
  firstIndex: z.number(),
  seed: z.number(),
});

/**
 * The built-in provider: no network, no key and no AI. A deterministic program paints a poster from the words of
 * the prompt; it is ready `renderMs` milliseconds after submit, painted as its bytes are read.
 *
 * @example createSketch({ renderMs: 800 })
 */
export function createSketch({ renderMs }: { renderMs: number }): Provider {
  return {
    id: "sketch",
    describe: () => ({
      maxImagesPerCall: 1,
      typicalMs: renderMs,
      aspectRatios: ASPECT_RATIOS,
      resolutions: RESOLUTIONS,
      capabilities: { edit: false, callback: false, cancel: true, idempotent: true },
    }),
    async submit({ prompt, tool, aspectRatio, resolution, firstIndex, seed }, context) {
      const operation = { startedAt: context.now(), prompt, tool, aspectRatio, resolution, firstIndex, seed };
      return { status: "running", operation, etaMs: renderMs };
    },
    async poll(operation, context) {
      const { success, data } = operationSchema.safeParse(operation);
      if (!success) return { status: "failed", error: new ProviderError("unavailable", "Not a sketch") };
      const etaMs = data.startedAt + renderMs - context.now();
      if (etaMs > 0) return { status: "running", progress: Math.max(0, 1 - etaMs / renderMs), etaMs };
      return { status: "done", images: [{ bytes: paint(data), contentType: "image/png" }] };
    },
    cancel: async () => "canceled",
  };
}

/** The PNG of a call, painted as it is read; the same call, the same bytes. */
function paint(call: z.infer<typeof operationSchema>): ReadableStream<Uint8Array> {
  const { width, height } = imageSize(call.aspectRatio, call.resolution);
  // A tall picture would show little of a scene at the scale of its shorter edge.
  const unit = Math.min(width, height) * (height > width ? 1.25 : 1);
  const look = treatmentOf(call.tool);
  return encodePng(width, height, () =>
    framed({ width, height, unit }, look, (canvas) => {
      const world = worldOf(call.prompt, hash(call.seed, call.firstIndex), canvas);
      const layers = [...(world.abstract ? abstract : landscape)(world), finisher(canvas, look, world.seed)];
      return (row, y) => {
        for (const layer of layers) layer(row, y);
      };
    }),
  );
}
