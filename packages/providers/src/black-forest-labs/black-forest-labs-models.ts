import { ASPECT_RATIOS, type ProviderModel, type Resolution } from "@bluehour/core";

/** How a model of Black Forest Labs wants to be asked. */
export interface BlackForestLabsModel {
  /** How the shape is told: in pixels, which must be multiples of 16, or as `aspect_ratio`. */
  readonly shape: "pixels" | "aspect_ratio";
  /** Most pictures to edit, under `input_image`, `input_image_2` and so on. */
  readonly inputs: number;
  readonly resolutions: readonly Resolution[];
  readonly typicalMs: number;
}

const FLUX_2 = { shape: "pixels", inputs: 8, resolutions: ["auto", "640px", "1k", "2k"] } as const;
const KLEIN = { ...FLUX_2, inputs: 4 } as const;
const KONTEXT = { shape: "aspect_ratio", inputs: 4, resolutions: ["auto", "1k"] } as const;
const FLUX_1 = { shape: "pixels", inputs: 0, resolutions: ["auto", "640px", "1k"] } as const;

/**
 * Inputs as https://docs.bfl.ai/api-reference has them. FLUX.2 paints up to 4 megapixels. `typicalMs` are guesses by
 * class of model, which the pace soon replaces by what it sees.
 */
const MODELS: ReadonlyMap<string, BlackForestLabsModel> = new Map(
  Object.entries<BlackForestLabsModel>({
    "flux-2-max": { ...FLUX_2, typicalMs: 15_000 },
    "flux-2-pro": { ...FLUX_2, typicalMs: 10_000 },
    "flux-2-flex": { ...FLUX_2, typicalMs: 20_000 },
    "flux-2-klein-9b": { ...KLEIN, typicalMs: 3_000 },
    "flux-2-klein-4b": { ...KLEIN, typicalMs: 2_000 },
    "flux-kontext-max": { ...KONTEXT, typicalMs: 12_000 },
    "flux-kontext-pro": { ...KONTEXT, typicalMs: 8_000 },
    "flux-pro-1.1": { ...FLUX_1, typicalMs: 6_000 },
    "flux-pro-1.1-ultra": {
      shape: "aspect_ratio",
      inputs: 0,
      resolutions: ["auto", "2k"],
      typicalMs: 10_000,
    },
    "flux-dev": { ...FLUX_1, typicalMs: 6_000 },
  }),
);

/** A model that came after this table is most likely asked as the newest family is. */
const UNKNOWN_MODEL: BlackForestLabsModel = { ...FLUX_2, typicalMs: 15_000 };

/** @param model - the last segment of its path, e.g. `flux-2-pro` */
export function blackForestLabsModel(model: string): BlackForestLabsModel {
  return MODELS.get(model) ?? UNKNOWN_MODEL;
}

/** What a model of Black Forest Labs can do. */
export function describeBlackForestLabs(model: string): ProviderModel {
  const { inputs, resolutions, typicalMs } = blackForestLabsModel(model);
  return {
    maxImagesPerCall: 1,
    typicalMs,
    aspectRatios: ASPECT_RATIOS,
    resolutions,
    // A submit with a webhook is answered without the polling_url that its global endpoint says must be used
    // (AsyncWebhookResponse of its OpenAPI): a callback lost would be an image lost, and renders take seconds.
    capabilities: { edit: inputs > 0, callback: false, cancel: false, idempotent: false },
  };
}
