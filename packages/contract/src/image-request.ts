import * as z from "zod";
import { STYLE_TOOLS } from "./style-tools.ts";
import { webhookUrlSchema } from "./webhook.ts";

/** The shape of an image, width to height. */
export const aspectRatioSchema = z.enum(["1:1", "16:9", "9:16"]);
const orientationSchema = z.enum(["landscape", "portrait", "square"]);
/** Longest edge of an image. */
export const resolutionSchema = z.enum(["auto", "640px", "1k", "2k", "4k"]);
const styleToolSchema = z.enum(STYLE_TOOLS);

/** Most images in one job. */
export const MAX_IMAGE_COUNT = 16;

/** Longest prompt, in characters. */
const MAX_PROMPT_LENGTH = 15_000;

/**
 * Body of `POST /v1/ai-image-generator`, in Magic Hour's format. Keys we do not know are ignored: official SDKs
 * run ahead of servers.
 *
 * @see https://docs.magichour.ai/api-reference/image-projects/ai-image-generator
 */
export const imageGeneratorRequestSchema = z.object({
  name: z
    .string()
    .max(255)
    .optional()
    .meta({ description: "A name to recognise the job by", example: "Ai Image image" }),
  image_count: z
    .int()
    .min(1)
    .max(MAX_IMAGE_COUNT)
    .meta({ description: "Number of images to generate", example: 1 }),
  model: z.string().min(1).max(200).default("default").meta({
    description: "An alias such as `default` or `flux-schnell`, or a route as `provider/model`",
    example: "default",
  }),
  orientation: orientationSchema.optional().meta({
    description: "The older way to say the shape; `aspect_ratio` wins over it",
  }),
  aspect_ratio: aspectRatioSchema.optional().meta({
    description: "Width to height; `1:1` if neither this nor `orientation` is given",
  }),
  resolution: resolutionSchema.default("auto").meta({
    description: "Longest edge: 640, 1,024, 2,048 or 4,096 pixels; `auto` leaves it to the model",
  }),
  webhook_url: webhookUrlSchema.optional().meta({
    description: "Is told of this job, signed with the `webhook_secret` of the answer",
  }),
  style: z
    .object({
      prompt: z
        .string()
        .min(1)
        .max(MAX_PROMPT_LENGTH)
        .meta({ description: "What to paint", example: "Cool image" }),
      tool: styleToolSchema.default("general").meta({ description: "The art style" }),
      quality_mode: z.enum(["standard", "pro"]).default("standard").meta({
        description: "`pro` takes more care and costs more credits",
      }),
    })
    .meta({ description: "What to paint, and how" }),
});

/** What a caller sends: fields with a default may be left out. */
export interface ImageGeneratorInput {
  /** A name to recognise the job by. */
  name?: string | undefined;
  /** Number of images to generate, 1 to 16. */
  image_count: number;
  /** An alias such as `flux-schnell`, or a route as `provider/model`. Default: the alias `default`. */
  model?: string | undefined;
  /** The older way to say the shape; `aspect_ratio` wins over it. */
  orientation?: "landscape" | "portrait" | "square" | undefined;
  /** Width to height; `1:1` if neither this nor `orientation` is given. */
  aspect_ratio?: "1:1" | "16:9" | "9:16" | undefined;
  /** Longest edge: 640, 1,024, 2,048 or 4,096 pixels; `auto`, the default, leaves it to the model. */
  resolution?: "auto" | "640px" | "1k" | "2k" | "4k" | undefined;
  /** Is told of this job: https and a public host. What it is sent is signed with the answer's `webhook_secret`. */
  webhook_url?: string | undefined;
  /** What to paint, and how. */
  style: {
    /** What to paint, up to 15,000 characters. */
    prompt: string;
    /** The art style. Default: `general`. */
    tool?: (typeof STYLE_TOOLS)[number] | undefined;
    /** `pro` takes more care and costs more credits. Default: `standard`. */
    quality_mode?: "standard" | "pro" | undefined;
  };
}

/** What the service gets: validated, defaults filled in. */
export type ImageGeneratorRequest = z.output<typeof imageGeneratorRequestSchema>;

const ASPECT_RATIO_OF = { landscape: "16:9", portrait: "9:16", square: "1:1" } as const;

/** The shape a request asks for: `aspect_ratio`, else `orientation`, else a square. */
export function requestedAspectRatio(
  request: Pick<ImageGeneratorRequest, "aspect_ratio" | "orientation">,
): z.output<typeof aspectRatioSchema> {
  if (request.aspect_ratio) return request.aspect_ratio;
  return request.orientation ? ASPECT_RATIO_OF[request.orientation] : "1:1";
}
