import { ASPECT_RATIOS, type ProviderModel, RESOLUTIONS, type Resolution } from "@bluehour/core";

interface ModelRow {
  readonly count: 1 | 4;
  readonly edit: boolean;
  readonly resolutions: readonly Resolution[];
  readonly typicalMs: number;
}

const UP_TO_1K = ["auto", "640px", "1k"] as const;
const UP_TO_2K = ["auto", "640px", "1k", "2k"] as const;
const UP_TO_4K = RESOLUTIONS;
const FROM_1K = ["auto", "1k", "2k", "4k"] as const;

/**
 * Counts, resolutions and whether a model edits: the OpenAPI's lists under `/v1/ai-image-generator` and
 * `/v1/ai-image-editor` (August 2026). `count` is the largest call in which every smaller count is allowed too:
 * 1 where Magic Hour takes 1, 4, 9 or 16, since a job of 2 must be painted as well. For `default`, "the model
 * we recommend, which will change over time", nothing is documented: 4, as with most models.
 * `typicalMs` is not documented: guesses by class of model, which the pace soon replaces by what it sees.
 */
const MODELS: ReadonlyMap<string, ModelRow> = new Map(
  Object.entries<ModelRow>({
    default: { count: 4, edit: true, resolutions: UP_TO_4K, typicalMs: 12_000 },
    "flux-2-klein": { count: 1, edit: true, resolutions: UP_TO_2K, typicalMs: 6_000 },
    "flux-schnell": { count: 4, edit: false, resolutions: UP_TO_2K, typicalMs: 5_000 },
    "gpt-image-2": { count: 4, edit: true, resolutions: UP_TO_4K, typicalMs: 45_000 },
    "nano-banana": { count: 4, edit: true, resolutions: UP_TO_1K, typicalMs: 12_000 },
    "nano-banana-2": { count: 1, edit: true, resolutions: UP_TO_4K, typicalMs: 20_000 },
    "nano-banana-2-lite": { count: 4, edit: true, resolutions: UP_TO_1K, typicalMs: 10_000 },
    "nano-banana-pro": { count: 1, edit: true, resolutions: FROM_1K, typicalMs: 30_000 },
    "qwen-edit": { count: 1, edit: true, resolutions: UP_TO_2K, typicalMs: 12_000 },
    seedream: { count: 4, edit: false, resolutions: UP_TO_4K, typicalMs: 15_000 },
    "seedream-v4": { count: 4, edit: true, resolutions: UP_TO_4K, typicalMs: 15_000 },
    "seedream-v4.5": { count: 1, edit: true, resolutions: UP_TO_4K, typicalMs: 15_000 },
    "seedream-v5-pro": { count: 4, edit: true, resolutions: UP_TO_2K, typicalMs: 20_000 },
    "z-image-turbo": { count: 4, edit: false, resolutions: UP_TO_2K, typicalMs: 5_000 },
  }),
);

/** A model that came after this table: one image a call always works, the rest is Magic Hour's to refuse. */
const UNKNOWN_MODEL: ModelRow = { count: 1, edit: true, resolutions: UP_TO_4K, typicalMs: 15_000 };

/** What a model of Magic Hour can do. */
export function describeMagicHour(model: string): ProviderModel {
  const row = MODELS.get(model) ?? UNKNOWN_MODEL;
  return {
    maxImagesPerCall: row.count,
    // The editor takes 1, 4, 9 or 16 whatever the model.
    maxImagesPerEdit: 1,
    typicalMs: row.typicalMs,
    aspectRatios: ASPECT_RATIOS,
    resolutions: row.resolutions,
    // Magic Hour does have webhooks, but they are set up in its dashboard and not per call.
    capabilities: { edit: row.edit, callback: false, cancel: false, idempotent: false },
  };
}
