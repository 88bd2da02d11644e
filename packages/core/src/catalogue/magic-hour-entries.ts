import type { CatalogueEntry } from "./catalogue-entry.ts";

/** Seedream 4 beyond Magic Hour. */
const SEEDREAM_4 = ["fal/fal-ai/bytedance/seedream/v4/text-to-image", "replicate/bytedance/seedream-4"];

/**
 * Google shuts its first Nano Banana down on 2 October 2026 (https://ai.google.dev/gemini-api/docs/deprecations), so what
 * is left of it is tried last. The one of its models in the same place paints the same sizes at the same price; the
 * replacement that the page names, gemini-3.1-flash-image, is our `nano-banana-2` at twice that.
 */
const NANO_BANANA = "google/gemini-2.5-flash-image";
const NANO_BANANA_SUCCESSOR = "google/gemini-3.1-flash-lite-image";

/**
 * The models that Magic Hour names, at its prices ("from … credits/image"), with the same model elsewhere behind it.
 * Its OpenAPI of August 2026 lists them under `/v1/ai-image-generator` and `/v1/ai-image-editor`; its `default` is
 * `magic-hour/default` here, since `default` alone is the operator's to say.
 *
 * @see https://docs.magichour.ai/api-reference/image-projects/ai-image-generator
 * @see https://docs.magichour.ai/api-reference/image-projects/ai-image-editor
 */
export const MAGIC_HOUR_ENTRIES: Readonly<Record<string, CatalogueEntry>> = {
  "flux-schnell": {
    credits: 5,
    routes: [
      "magic-hour/flux-schnell",
      "fal/fal-ai/flux/schnell",
      "replicate/black-forest-labs/flux-schnell",
      "workers-ai/@cf/black-forest-labs/flux-1-schnell",
    ],
    editRoutes: [],
  },
  "flux-2-klein": {
    credits: 5,
    routes: [
      "magic-hour/flux-2-klein",
      "black-forest-labs/flux-2-klein-4b",
      "fal/fal-ai/flux-2/klein/4b",
      "replicate/black-forest-labs/flux-2-klein-4b",
      "workers-ai/@cf/black-forest-labs/flux-2-klein-4b",
    ],
    editRoutes: [
      "magic-hour/flux-2-klein",
      "black-forest-labs/flux-2-klein-4b",
      "fal/fal-ai/flux-2/klein/4b/edit",
      "replicate/black-forest-labs/flux-2-klein-4b",
      "workers-ai/@cf/black-forest-labs/flux-2-klein-4b",
    ],
  },
  "z-image-turbo": {
    credits: 5,
    routes: ["magic-hour/z-image-turbo", "fal/fal-ai/z-image/turbo", "replicate/prunaai/z-image-turbo"],
    editRoutes: [],
  },
  "qwen-edit": {
    credits: 10,
    routes: [],
    editRoutes: [
      "magic-hour/qwen-edit",
      "fal/fal-ai/qwen-image-edit-plus",
      "replicate/qwen/qwen-image-edit-plus",
    ],
  },
  // "Use `seedream-v4` instead", says Magic Hour.
  seedream: { credits: 40, routes: ["magic-hour/seedream", ...SEEDREAM_4], editRoutes: [] },
  "seedream-v4": {
    credits: 40,
    routes: ["magic-hour/seedream-v4", ...SEEDREAM_4],
    editRoutes: [
      "magic-hour/seedream-v4",
      "fal/fal-ai/bytedance/seedream/v4/edit",
      "replicate/bytedance/seedream-4",
    ],
  },
  "seedream-v4.5": {
    credits: 50,
    // Magic Hour has it for edits only.
    routes: ["fal/fal-ai/bytedance/seedream/v4.5/text-to-image", "replicate/bytedance/seedream-4.5"],
    editRoutes: [
      "magic-hour/seedream-v4.5",
      "fal/fal-ai/bytedance/seedream/v4.5/edit",
      "replicate/bytedance/seedream-4.5",
    ],
  },
  "seedream-v5-pro": {
    credits: 75,
    routes: [
      "magic-hour/seedream-v5-pro",
      "fal/bytedance/seedream/v5/pro/text-to-image",
      "replicate/bytedance/seedream-5-pro",
    ],
    editRoutes: [
      "magic-hour/seedream-v5-pro",
      "fal/bytedance/seedream/v5/pro/edit",
      "replicate/bytedance/seedream-5-pro",
    ],
  },
  "nano-banana": {
    credits: 50,
    routes: [
      "magic-hour/nano-banana",
      NANO_BANANA_SUCCESSOR,
      "fal/fal-ai/nano-banana",
      "replicate/google/nano-banana",
      NANO_BANANA,
    ],
    editRoutes: [
      "magic-hour/nano-banana",
      NANO_BANANA_SUCCESSOR,
      "fal/fal-ai/nano-banana/edit",
      "replicate/google/nano-banana",
      NANO_BANANA,
    ],
  },
  "nano-banana-2-lite": {
    credits: 50,
    routes: [
      "magic-hour/nano-banana-2-lite",
      "google/gemini-3.1-flash-lite-image",
      "fal/google/nano-banana-2-lite",
    ],
    editRoutes: ["magic-hour/nano-banana-2-lite", "google/gemini-3.1-flash-lite-image"],
  },
  "nano-banana-2": {
    credits: 100,
    routes: [
      "magic-hour/nano-banana-2",
      "google/gemini-3.1-flash-image",
      "fal/fal-ai/nano-banana-2",
      "replicate/google/nano-banana-2",
    ],
    editRoutes: [
      "magic-hour/nano-banana-2",
      "google/gemini-3.1-flash-image",
      "fal/fal-ai/nano-banana-2/edit",
      "replicate/google/nano-banana-2",
    ],
  },
  "nano-banana-pro": {
    credits: 150,
    routes: [
      "magic-hour/nano-banana-pro",
      "google/gemini-3-pro-image",
      "fal/fal-ai/nano-banana-pro",
      "replicate/google/nano-banana-pro",
    ],
    editRoutes: [
      "magic-hour/nano-banana-pro",
      "google/gemini-3-pro-image",
      "fal/fal-ai/nano-banana-pro/edit",
      "replicate/google/nano-banana-pro",
    ],
  },
  "gpt-image-2": {
    credits: 50,
    routes: [
      "magic-hour/gpt-image-2",
      "openai/gpt-image-2",
      "fal/openai/gpt-image-2",
      "replicate/openai/gpt-image-2",
    ],
    editRoutes: [
      "magic-hour/gpt-image-2",
      "openai/gpt-image-2",
      "fal/openai/gpt-image-2/edit",
      "replicate/openai/gpt-image-2",
    ],
  },
};
