import {
  ASPECT_RATIOS,
  type AspectRatio,
  imageSize,
  type ProviderModel,
  type Resolution,
} from "@bluehour/core";

type Sizes = Readonly<Record<AspectRatio, string>>;

/** How a model behind OpenAI's image API wants to be asked. */
interface OpenaiModel {
  /** Most images a call up to 1k; of larger ones it is always one. OpenAI takes 10. */
  readonly count: number;
  readonly edit: boolean;
  /** Sizes to ask for, in the nearest shape that there is; none: any size in pixels. */
  readonly sizes?: Partial<Readonly<Record<Resolution, Sizes>>>;
  /** Values of `quality` for our two; none: not asked for. */
  readonly quality?: { readonly standard: string; readonly pro: string };
  readonly typicalMs: number;
}

const GPT_IMAGE_SIZES = { "1:1": "1024x1024", "16:9": "1536x1024", "9:16": "1024x1536" } as const;
const GPT_IMAGE: OpenaiModel = {
  count: 4,
  edit: true,
  sizes: { auto: GPT_IMAGE_SIZES, "1k": GPT_IMAGE_SIZES },
  quality: { standard: "medium", pro: "high" },
  typicalMs: 30_000,
};

/** At least 655,360 pixels, at most 8,294,400 and 3,840 to an edge, multiples of 16. */
const GPT_IMAGE_2_SIZES = {
  "1k": { "1:1": "1024x1024", "16:9": "1536x864", "9:16": "864x1536" },
  "2k": { "1:1": "2048x2048", "16:9": "2048x1152", "9:16": "1152x2048" },
  "4k": { "1:1": "2880x2880", "16:9": "3840x2160", "9:16": "2160x3840" },
} as const;

const DALL_E_3_SIZES = { "1:1": "1024x1024", "16:9": "1792x1024", "9:16": "1024x1792" } as const;

/**
 * Sizes and counts: https://platform.openai.com/docs/api-reference/images/create. `typicalMs` are guesses, which the
 * pace soon replaces by what it sees.
 */
const MODELS: ReadonlyMap<string, OpenaiModel> = new Map(
  Object.entries<OpenaiModel>({
    "gpt-image-1": GPT_IMAGE,
    "gpt-image-1-mini": { ...GPT_IMAGE, typicalMs: 20_000 },
    "gpt-image-1.5": { ...GPT_IMAGE, typicalMs: 25_000 },
    "gpt-image-2": {
      ...GPT_IMAGE,
      sizes: { auto: GPT_IMAGE_2_SIZES["1k"], ...GPT_IMAGE_2_SIZES },
      typicalMs: 45_000,
    },
    "dall-e-3": {
      count: 1,
      edit: false,
      sizes: { auto: DALL_E_3_SIZES, "1k": DALL_E_3_SIZES },
      quality: { standard: "standard", pro: "hd" },
      typicalMs: 20_000,
    },
  }),
);

/** A model of a compatible server, which takes what it is asked for or says so. */
const UNKNOWN_MODEL: OpenaiModel = { count: 4, edit: true, typicalMs: 20_000 };

/** @param model - as the server names it */
export function openaiModel(model: string): OpenaiModel {
  // The later ones of the family take what gpt-image-2 takes.
  const later = /^(?:chatgpt|gpt)-image-/.test(model) ? MODELS.get("gpt-image-2") : undefined;
  return MODELS.get(model) ?? later ?? UNKNOWN_MODEL;
}

/** `size` for a model: `1536x1024`. */
export function openaiSize(model: string, aspectRatio: AspectRatio, resolution: Resolution): string {
  const { sizes } = openaiModel(model);
  const known = (sizes?.[resolution] ?? sizes?.auto)?.[aspectRatio];
  const { width, height } = imageSize(aspectRatio, resolution);
  return known ?? `${width}x${height}`;
}

/** What a model behind OpenAI's image API can do. */
export function describeOpenai(model: string): ProviderModel {
  const { count, edit, sizes, typicalMs } = openaiModel(model);
  return {
    maxImagesPerCall: count,
    // All come in one answer as base64, and reading it takes five to seven times their size (measured in workerd).
    maxImagesPerLargeCall: 1,
    typicalMs,
    aspectRatios: ASPECT_RATIOS,
    resolutions: sizes
      ? // Object.keys forgets what the keys are called.
        (Object.keys(sizes) as Resolution[])
      : ["auto", "640px", "1k", "2k"],
    capabilities: { edit, callback: false, cancel: false, idempotent: false },
  };
}
