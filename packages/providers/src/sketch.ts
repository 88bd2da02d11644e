import { ASPECT_RATIOS, imageSize, type Provider, ProviderError, RESOLUTIONS } from "@bluehour/core";
import * as z from "zod";
import { fetchInput } from "./input-image.ts";
import { hash } from "./sketch/colour.ts";
import { finisher, treatmentOf } from "./sketch/finish.ts";
import { abstract, landscape } from "./sketch/landscape.ts";
import { type Photo, photograph, readPhoto } from "./sketch/photo.ts";
import { encodePng } from "./sketch/png.ts";
import { worldOf } from "./sketch/scene.ts";

const [text, number] = [z.string(), z.number()];
const pictureSchema = z.object({ prompt: text, tool: text, width: number, height: number });
const operationSchema = z.object({
  startedAt: number,
  picture: pictureSchema,
  /** Of each image: what tells it from the others. */
  variants: z.array(number),
  /** Where the image to edit is. */
  input: text.nullable(),
});

/**
 * The built-in provider: no network, no key and no AI. A deterministic program paints a poster from the words of
 * the prompt, or an input image in the prompt's colours; it is ready `renderMs` milliseconds after submit, painted as
 * its bytes are read.
 * @example createSketch({ renderMs: 800 })
 */
export function createSketch({ renderMs }: { renderMs: number }): Provider {
  return {
    id: "sketch",
    describe: () => ({
      maxImagesPerCall: 1,
      // So that the images of an edit share what is decoded of its input.
      maxImagesPerEdit: 16,
      typicalMs: renderMs,
      aspectRatios: ASPECT_RATIOS,
      resolutions: RESOLUTIONS,
      capabilities: { edit: true, callback: false, cancel: true, idempotent: true },
    }),
    async submit({ prompt, tool, aspectRatio, resolution, count, firstIndex, seed, inputs }, context) {
      const picture = { prompt, tool, ...imageSize(aspectRatio, resolution) };
      const variants = Array.from({ length: count }, (_, index) => hash(seed, firstIndex + index));
      const operation = { startedAt: context.now(), picture, variants, input: inputs[0]?.url ?? null };
      return { status: "running", operation, etaMs: renderMs };
    },
    async poll(operation, context) {
      const { success, data } = operationSchema.safeParse(operation);
      if (!success) return { status: "failed", error: new ProviderError("unavailable", "Not a sketch") };
      const etaMs = data.startedAt + renderMs - context.now();
      if (etaMs > 0) return { status: "running", progress: Math.max(0, 1 - etaMs / renderMs), etaMs };
      const photo =
        data.input === null
          ? null
          : readPhoto(await (await fetchInput({ url: data.input }, context)).bytes());
      const images = data.variants.map((variant) => paint({ ...data.picture, variant }, photo));
      return { status: "done", images: images.map((bytes) => ({ bytes, contentType: "image/png" })) };
    },
    cancel: async () => "canceled",
  };
}

/** The PNG of a picture, painted as it is read; the same picture, the same pixels. */
function paint(
  { prompt, tool, width, height, variant }: z.infer<typeof pictureSchema> & { variant: number },
  photo: Photo | null,
) {
  // A tall picture would show little of a scene at the scale of its shorter edge.
  const unit = Math.min(width, height) * (height > width ? 1.25 : 1);
  const look = treatmentOf(tool);
  const across = Math.ceil(width / look.columns);
  const tile = { width: across, height: look.columns > 1 ? across : height, unit: unit / look.columns };
  return encodePng(width, height, () => {
    const world = worldOf(prompt, variant, tile);
    const layers = photo ? [photograph(world, photo)] : (world.abstract ? abstract : landscape)(world);
    const [finish, inner] = [finisher(tile, look), new Float32Array(tile.width * 3)];
    return (row, y) => {
      // What a nearer layer hides is not painted.
      const first = layers.findLastIndex(({ covers }) => y % tile.height >= covers);
      for (const layer of layers.slice(Math.max(0, first))) layer.paint(inner, y % tile.height);
      finish(inner, y % tile.height);
      for (let at = 0; at < row.length; at += inner.length) row.set(inner.subarray(0, row.length - at), at);
    };
  });
}
