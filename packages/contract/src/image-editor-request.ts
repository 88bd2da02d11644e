import * as z from "zod";
import { imageGeneratorRequestSchema } from "./image-request.ts";

const { name, model, resolution, image_count, style, webhook_url } = imageGeneratorRequestSchema.shape;

/** Most images that one edit works from. */
const MAX_INPUTS = 10;

/**
 * Body of `POST /v1/ai-image-editor`, in Magic Hour's format. Keys we do not know are ignored.
 *
 * @see https://docs.magichour.ai/api-reference/image-projects/ai-image-editor
 */
export const imageEditorRequestSchema = z.object({
  name,
  image_count: image_count.default(1),
  model,
  aspect_ratio: z.enum(["auto", "1:1", "16:9", "9:16"]).default("auto").meta({
    description: "Width to height; `auto` takes what is nearest to the first image, where that is known",
  }),
  resolution,
  webhook_url,
  style: z.object({ prompt: style.shape.prompt }).meta({ description: "What to change, and how" }),
  assets: z
    .object({
      image_file_paths: z
        .array(z.string().min(1).max(2048))
        .min(1)
        .max(MAX_INPUTS)
        .meta({
          description: "The images to work from, each a `file_path` of an upload or a public https address",
          example: ["https://example.com/cat.png"],
        }),
    })
    .meta({ description: "The images to work from" }),
}) satisfies z.ZodType<unknown, ImageEditorInput>;

/** What a caller sends: fields with a default may be left out. */
export interface ImageEditorInput {
  /** A name to recognise the job by. */
  name?: string | undefined;
  /** Number of images to generate, 1 to 16. Default: 1. */
  image_count?: number | undefined;
  /** An alias such as `nano-banana`, or a route as `provider/model`. Default: the alias `default`. */
  model?: string | undefined;
  /** Width to height; `auto`, the default, takes what is nearest to the first image, where that is known. */
  aspect_ratio?: "auto" | "1:1" | "16:9" | "9:16" | undefined;
  /** Longest edge: 640, 1,024, 2,048 or 4,096 pixels; `auto`, the default, leaves it to the model. */
  resolution?: "auto" | "640px" | "1k" | "2k" | "4k" | undefined;
  /** Is told of this job: https and a public host. What it is sent is signed with the answer's `webhook_secret`. */
  webhook_url?: string | undefined;
  style: {
    /** What to change, up to 15,000 characters. */
    prompt: string;
  };
  assets: {
    /** The images to work from, 1 to 10: each the `file_path` of an upload, or a public https address. */
    image_file_paths: string[];
  };
}

/** What the service gets: validated, defaults filled in. */
export type ImageEditorRequest = z.output<typeof imageEditorRequestSchema>;
