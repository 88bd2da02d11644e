import * as z from "zod";

/** The names Magic Hour's OpenAPI lists (August 2026); others are an invalid request. */
const GENERATOR_MODELS = [
  "default",
  "flux-2-klein",
  "flux-schnell",
  "gpt-image-2",
  "nano-banana",
  "nano-banana-2",
  "nano-banana-2-lite",
  "nano-banana-pro",
  "seedream",
  "seedream-v4",
  "seedream-v5-pro",
  "z-image-turbo",
] as const;

const EDITOR_MODELS = [
  "default",
  "flux-2-klein",
  "gpt-image-2",
  "nano-banana",
  "nano-banana-2",
  "nano-banana-2-lite",
  "nano-banana-pro",
  "qwen-edit",
  "seedream-v4",
  "seedream-v4.5",
  "seedream-v5-pro",
] as const;

const shared = {
  name: z.string().nullish(),
  aspect_ratio: z.enum(["1:1", "16:9", "9:16"]).default("1:1"),
  resolution: z.enum(["auto", "640px", "1k", "2k", "4k"]).default("auto"),
};

/** Body of `POST /v1/ai-image-generator`. */
export const generatorSchema = z.object({
  ...shared,
  model: z.enum(GENERATOR_MODELS).default("default"),
  image_count: z.int().min(1).max(16),
  style: z.object({ prompt: z.string().min(1), tool: z.string().default("general") }),
});

/** Body of `POST /v1/ai-image-editor`. Its other aspect ratios are left out, as nobody here asks for them. */
export const editorSchema = z.object({
  ...shared,
  model: z.enum(EDITOR_MODELS).default("default"),
  image_count: z.literal([1, 4, 9, 16]).default(1),
  style: z.object({ prompt: z.string().min(1).max(15_000) }),
  assets: z.object({ image_file_paths: z.array(z.string().min(1)).min(1).max(10) }),
});

const IMAGE_EXTENSIONS = "png, jpg, jpeg, jfif, heic, heif, webp, avif, jp2, tiff, tif, bmp";

/** Body of `POST /v1/files/upload-urls`. */
export const uploadUrlsSchema = z.object({
  items: z
    .array(
      z.object({
        type: z.literal("image"),
        extension: z.enum(IMAGE_EXTENSIONS.split(", "), {
          error: ({ input }) =>
            `'${input}' is an invalid image extension. Possible extensions are '${IMAGE_EXTENSIONS}'`,
        }),
      }),
    )
    .min(1),
});
