import { ASPECT_RATIOS, type ProviderModel, type Resolution } from "@bluehour/core";

/** How a model of fal wants to be asked. */
export interface FalModel {
  /** Most images a call, under `num_images`. */
  readonly count: number;
  /** How the shape is told: `image_size` in pixels, or `aspect_ratio`. */
  readonly shape: "image_size" | "aspect_ratio";
  /** The endpoint that edits, below the model's own, and whether its input takes a list. */
  readonly edit?: { readonly path: string; readonly input: "image_urls" | "image_url" };
  /** Whether `resolution` takes `1K`, `2K` and `4K`. */
  readonly hasResolution?: boolean;
  readonly resolutions: readonly Resolution[];
  readonly takesSeed: boolean;
  readonly typicalMs: number;
}

const UP_TO_1K = ["auto", "640px", "1k"] as const;
const UP_TO_2K = ["auto", "640px", "1k", "2k"] as const;
const ONE_SIZE = ["auto", "1k"] as const;
const FROM_1K = ["auto", "1k", "2k", "4k"] as const;
const EDITS_LIST = { path: "/edit", input: "image_urls" } as const;

/**
 * Inputs as each model's API page has them, e.g. https://fal.ai/models/fal-ai/flux/schnell/api. `typicalMs` are
 * guesses by class of model, which the pace soon replaces by what it sees.
 */
const MODELS: ReadonlyMap<string, FalModel> = new Map(
  Object.entries<FalModel>({
    "fal-ai/flux/schnell": pixels({ resolutions: UP_TO_1K, typicalMs: 2_000 }),
    "fal-ai/flux/dev": pixels({
      edit: { path: "/image-to-image", input: "image_url" },
      resolutions: UP_TO_1K,
      typicalMs: 5_000,
    }),
    "fal-ai/flux-2": pixels({ edit: EDITS_LIST, resolutions: UP_TO_2K, typicalMs: 6_000 }),
    "fal-ai/flux-2-pro": pixels({ count: 1, edit: EDITS_LIST, resolutions: UP_TO_2K, typicalMs: 10_000 }),
    "fal-ai/qwen-image": pixels({ resolutions: UP_TO_1K, typicalMs: 8_000 }),
    "fal-ai/z-image/turbo": pixels({ resolutions: UP_TO_2K, typicalMs: 3_000 }),
    "fal-ai/bytedance/seedream/v4/text-to-image": pixels({ resolutions: FROM_1K, typicalMs: 15_000 }),
    "fal-ai/nano-banana": ratio({ edit: EDITS_LIST, resolutions: ONE_SIZE, typicalMs: 10_000 }),
    "fal-ai/nano-banana-2": ratio({
      edit: EDITS_LIST,
      hasResolution: true,
      resolutions: FROM_1K,
      typicalMs: 20_000,
    }),
    "fal-ai/nano-banana-pro": ratio({
      edit: EDITS_LIST,
      hasResolution: true,
      resolutions: FROM_1K,
      typicalMs: 30_000,
    }),
    "fal-ai/imagen4/preview": ratio({ resolutions: ONE_SIZE, takesSeed: true, typicalMs: 12_000 }),
  }),
);

/** A model that is not in the table: the inputs that most image models of fal have. */
const UNKNOWN_MODEL = pixels({ count: 1, resolutions: UP_TO_1K, typicalMs: 15_000 });

function pixels(model: Partial<FalModel> & Pick<FalModel, "resolutions" | "typicalMs">): FalModel {
  return { count: 4, shape: "image_size", takesSeed: true, ...model };
}

function ratio(model: Partial<FalModel> & Pick<FalModel, "resolutions" | "typicalMs">): FalModel {
  return { count: 4, shape: "aspect_ratio", takesSeed: false, ...model };
}

/** @param model - its whole id, e.g. `fal-ai/flux/schnell` */
export function falModel(model: string): FalModel {
  return MODELS.get(model) ?? UNKNOWN_MODEL;
}

/** What a model of fal can do. */
export function describeFal(model: string): ProviderModel {
  const { count, edit, resolutions, typicalMs } = falModel(model);
  return {
    maxImagesPerCall: count,
    typicalMs,
    aspectRatios: ASPECT_RATIOS,
    resolutions,
    capabilities: { edit: edit !== undefined, callback: true, cancel: true, idempotent: false },
  };
}
