import * as z from "zod";
import { aspectRatioSchema, resolutionSchema } from "./image-request.ts";

/** One way to have a model painted. */
export interface ModelRoute {
  /** Names this route alone: `provider/model` is a model too. */
  id: string;
  /** First segment of `id`. */
  provider: string;
  /** Its provider has what it needs here. */
  available: boolean;
  /** What the operator has to set, all of it, to make it available; empty also for a provider that is unknown here. */
  missing: string[];
}

const modelRouteSchema = z.object({
  id: z
    .string()
    .meta({ description: "As `provider/model`: a model too", example: "fal/fal-ai/flux/schnell" }),
  provider: z.string(),
  available: z.boolean(),
  missing: z.array(z.string()).meta({ description: "What the operator has to set, all of it" }),
}) satisfies z.ZodType<ModelRoute>;

/** A model of the catalogue, and what this deployment can do with it. */
export interface Model {
  /** What to ask for as `model`. */
  id: string;
  /** Providers of its routes, in the order they are tried. */
  providers: string[];
  /** Its routes, in the order they are tried. */
  routes: ModelRoute[];
  /** At least one route is. While none is, `generates` and `edits` say what the model could do. */
  available: boolean;
  /** While it is not available: variables that the operator can set; each belongs to at least one route. */
  missing: string[];
  /** Paints from words alone. */
  generates: boolean;
  /** Works from input images. */
  edits: boolean;
  /** Price of a standard image. */
  credits_per_image: number;
  /** Price of an image with `quality_mode: "pro"`. */
  credits_per_pro_image: number;
  /** Most images in one job. */
  max_images: number;
  /** What at least one available route paints; empty while none is. */
  aspect_ratios: ("1:1" | "16:9" | "9:16")[];
  /** What at least one available route paints; empty while none is. */
  resolutions: ("auto" | "640px" | "1k" | "2k" | "4k")[];
  /** How long an image usually takes, in milliseconds; null while no route is available. */
  typical_ms: number | null;
}

const modelSchema = z.object({
  id: z.string().meta({ description: "What to ask for as `model`", example: "flux-schnell" }),
  providers: z.array(z.string()).meta({ description: "In the order they are tried" }),
  routes: z.array(modelRouteSchema).meta({ description: "In the order they are tried" }),
  available: z.boolean().meta({ description: "Whether at least one route is" }),
  missing: z.array(z.string()).meta({
    description: "While it is not available: variables to set, each of at least one route",
    example: ["MAGIC_HOUR_API_KEY"],
  }),
  generates: z.boolean().meta({ description: "Paints from words alone" }),
  edits: z.boolean().meta({ description: "Works from input images" }),
  credits_per_image: z.int(),
  credits_per_pro_image: z.int().meta({ description: "With `quality_mode: pro`" }),
  max_images: z.int().meta({ description: "Most images in one job" }),
  aspect_ratios: z.array(aspectRatioSchema).meta({ description: "Empty while it is not available" }),
  resolutions: z.array(resolutionSchema).meta({ description: "Empty while it is not available" }),
  typical_ms: z.int().nullable().meta({ description: "How long an image usually takes" }),
}) satisfies z.ZodType<Model>;

/** Answer of `GET /v1/models`: the whole catalogue, `default` first. */
export interface ModelList {
  items: Model[];
}

export const modelListSchema = z.object({ items: z.array(modelSchema) }) satisfies z.ZodType<ModelList>;
