import { ASPECT_RATIOS, type AspectRatio, type ProviderModel, type Resolution } from "@bluehour/core";

/** How a model of Workers AI wants to be asked. */
export interface WorkersAiModel {
  /** Whether its input is a form, as with models that take pictures. */
  readonly isForm: boolean;
  /** Most pictures to edit. */
  readonly inputs: number;
  /** What it takes beside the prompt. */
  readonly takes: readonly ("size" | "seed" | "negative_prompt")[];
  /** Most characters of the prompt. */
  readonly promptLimit: number;
  readonly resolutions: readonly Resolution[];
  readonly typicalMs: number;
}

const UP_TO_1K = ["auto", "640px", "1k"] as const;
const UP_TO_2K = ["auto", "640px", "1k", "2k"] as const;
const PLAIN = { isForm: false, inputs: 0, promptLimit: 15_000 } as const;
const FLUX_2 = {
  isForm: true,
  inputs: 4,
  takes: ["size", "seed"],
  promptLimit: 15_000,
  resolutions: UP_TO_1K,
} as const;
const DIFFUSION = {
  ...PLAIN,
  takes: ["size", "seed", "negative_prompt"],
  promptLimit: 2_048,
  resolutions: UP_TO_2K,
} as const;
const SCHNELL: WorkersAiModel = {
  ...PLAIN,
  takes: [],
  promptLimit: 2_048,
  resolutions: ["auto", "1k"],
  typicalMs: 3_000,
};

/**
 * Inputs as https://developers.cloudflare.com/workers-ai/models/ has them. `typicalMs` are guesses by class of model,
 * which the pace soon replaces by what it sees.
 */
const MODELS: ReadonlyMap<string, WorkersAiModel> = new Map(
  Object.entries<WorkersAiModel>({
    "@cf/black-forest-labs/flux-1-schnell": SCHNELL,
    "@cf/black-forest-labs/flux-2-dev": { ...FLUX_2, typicalMs: 20_000 },
    "@cf/black-forest-labs/flux-2-klein-4b": { ...FLUX_2, typicalMs: 4_000 },
    "@cf/black-forest-labs/flux-2-klein-9b": { ...FLUX_2, typicalMs: 6_000 },
    "@cf/leonardo/lucid-origin": {
      ...PLAIN,
      takes: ["size", "seed"],
      resolutions: UP_TO_2K,
      typicalMs: 10_000,
    },
    "@cf/leonardo/phoenix-1.0": { ...DIFFUSION, promptLimit: 15_000, typicalMs: 10_000 },
    "@cf/stabilityai/stable-diffusion-xl-base-1.0": { ...DIFFUSION, typicalMs: 8_000 },
    "@cf/bytedance/stable-diffusion-xl-lightning": { ...DIFFUSION, typicalMs: 4_000 },
    "@cf/lykon/dreamshaper-8-lcm": { ...DIFFUSION, typicalMs: 4_000 },
  }),
);

/** @param model - its whole name, with `@cf/`; one that is not in the table is asked with a prompt alone */
export function workersAiModel(model: string): WorkersAiModel {
  return MODELS.get(model) ?? SCHNELL;
}

/** What a model of Workers AI can do. */
export function describeWorkersAi(model: string): ProviderModel {
  const { inputs, takes, resolutions, typicalMs } = workersAiModel(model);
  const onlySquare: readonly AspectRatio[] = ["1:1"];
  return {
    maxImagesPerCall: 1,
    typicalMs,
    aspectRatios: takes.includes("size") ? ASPECT_RATIOS : onlySquare,
    resolutions,
    capabilities: { edit: inputs > 0, callback: false, cancel: false, idempotent: false },
  };
}
