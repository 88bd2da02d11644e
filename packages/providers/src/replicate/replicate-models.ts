import { ASPECT_RATIOS, type ProviderModel, type Resolution } from "@bluehour/core";

/** How a model of Replicate wants to be asked; every model has inputs of its own. */
export interface ReplicateModel {
  /** Most images a call, under `num_outputs`; 1 means that it has no such input. */
  readonly count: number;
  /** How the shape is told. */
  readonly shape: "aspect_ratio" | "pixels";
  /** The input that takes the picture to edit, and whether it is a list. */
  readonly edit?: { readonly input: string; readonly isList: boolean };
  /** Value of the input named `key` for each resolution that the model has. */
  readonly resolution?: { readonly key: string; readonly values: Partial<Record<Resolution, string>> };
  /** Its inputs include these. */
  readonly takes: readonly ("seed" | "negative_prompt")[];
  /** What it can write that we can serve. */
  readonly format?: "png" | "jpg";
  readonly typicalMs: number;
}

const ONE_MEGAPIXEL: readonly Resolution[] = ["auto", "1k"];
const GEMINI_SIZES = { key: "resolution", values: { "1k": "1K", "2k": "2K", "4k": "4K" } } as const;
const SEEDREAM_SIZES = { key: "size", values: { "1k": "1K", "2k": "2K", "4k": "4K" } } as const;
const FLUX_2_SIZES = { key: "resolution", values: { "1k": "1 MP", "2k": "4 MP" } } as const;
const IMAGE_INPUTS = { input: "image_input", isList: true } as const;
const SEED = ["seed"] as const;

/**
 * Inputs as each model's API page has them, e.g. https://replicate.com/black-forest-labs/flux-schnell/api/schema.
 * `typicalMs` are guesses from the times that the pages show, which the pace soon replaces by what it sees.
 */
const MODELS: ReadonlyMap<string, ReplicateModel> = new Map(
  Object.entries<ReplicateModel>({
    "black-forest-labs/flux-schnell": {
      count: 4,
      shape: "aspect_ratio",
      takes: SEED,
      format: "png",
      typicalMs: 2_000,
    },
    "black-forest-labs/flux-dev": {
      count: 4,
      shape: "aspect_ratio",
      edit: { input: "image", isList: false },
      takes: SEED,
      format: "png",
      typicalMs: 5_000,
    },
    "black-forest-labs/flux-1.1-pro": {
      count: 1,
      shape: "aspect_ratio",
      takes: SEED,
      format: "png",
      typicalMs: 6_000,
    },
    "black-forest-labs/flux-kontext-pro": {
      count: 1,
      shape: "aspect_ratio",
      edit: { input: "input_image", isList: false },
      takes: SEED,
      format: "png",
      typicalMs: 8_000,
    },
    "black-forest-labs/flux-2-pro": {
      count: 1,
      shape: "aspect_ratio",
      edit: { input: "input_images", isList: true },
      resolution: FLUX_2_SIZES,
      takes: SEED,
      format: "png",
      typicalMs: 12_000,
    },
    "google/nano-banana": {
      count: 1,
      shape: "aspect_ratio",
      edit: IMAGE_INPUTS,
      takes: [],
      format: "png",
      typicalMs: 10_000,
    },
    "google/nano-banana-2": {
      count: 1,
      shape: "aspect_ratio",
      edit: IMAGE_INPUTS,
      takes: [],
      format: "png",
      typicalMs: 20_000,
    },
    "google/nano-banana-pro": {
      count: 1,
      shape: "aspect_ratio",
      edit: IMAGE_INPUTS,
      resolution: GEMINI_SIZES,
      takes: [],
      format: "png",
      typicalMs: 30_000,
    },
    "bytedance/seedream-4": {
      count: 1,
      shape: "aspect_ratio",
      edit: IMAGE_INPUTS,
      resolution: SEEDREAM_SIZES,
      takes: [],
      typicalMs: 15_000,
    },
    "qwen/qwen-image": {
      count: 1,
      shape: "aspect_ratio",
      takes: ["seed", "negative_prompt"],
      format: "png",
      typicalMs: 8_000,
    },
    "prunaai/z-image-turbo": { count: 1, shape: "pixels", takes: SEED, format: "png", typicalMs: 3_000 },
  }),
);

/** A model that is not in the table: the inputs that nearly all image models of Replicate have. */
const UNKNOWN_MODEL: ReplicateModel = { count: 1, shape: "aspect_ratio", takes: [], typicalMs: 15_000 };

/** @param model - `owner/name`, or `owner/name:version` for models that Replicate does not run itself */
export function replicateModel(model: string): ReplicateModel {
  return MODELS.get(model.replace(/:.*/, "")) ?? UNKNOWN_MODEL;
}

/** What a model of Replicate can do. */
export function describeReplicate(model: string): ProviderModel {
  const { count, edit, resolution, typicalMs } = replicateModel(model);
  return {
    maxImagesPerCall: count,
    typicalMs,
    aspectRatios: ASPECT_RATIOS,
    resolutions:
      resolution === undefined
        ? ONE_MEGAPIXEL
        : // Object.keys forgets what the keys are called.
          ["auto", ...(Object.keys(resolution.values) as Resolution[])],
    capabilities: { edit: edit !== undefined, callback: true, cancel: true, idempotent: false },
  };
}
