import type { CatalogueEntry } from "./catalogue-entry.ts";

/** A model that only paints from words. */
const words = (credits: number, ...routes: string[]): CatalogueEntry => ({ credits, routes, editRoutes: [] });

/**
 * Well-known models beside Magic Hour's. Names are as each provider documents them: fal's in the types of its own
 * client (`fal-ai/fal-js`, August 2026), Workers AI's in `@cloudflare/workers-types`, Black Forest Labs' in its API
 * reference, OpenAI's in its client, Replicate's on its model pages.
 *
 * Prices are ours: about 1,000 credits for a dollar of the list price of an image of one megapixel and medium quality
 * (August 2026), rounded up to a multiple of 5. That is near where Magic Hour's own prices lie.
 */
export const OTHER_ENTRIES: Readonly<Record<string, CatalogueEntry>> = {
  "flux-dev": words(
    25,
    "black-forest-labs/flux-dev",
    "fal/fal-ai/flux/dev",
    "replicate/black-forest-labs/flux-dev",
  ),
  "flux-pro-1.1": words(
    40,
    "black-forest-labs/flux-pro-1.1",
    "fal/fal-ai/flux-pro/v1.1",
    "replicate/black-forest-labs/flux-1.1-pro",
  ),
  "flux-pro-1.1-ultra": words(
    60,
    "black-forest-labs/flux-pro-1.1-ultra",
    "fal/fal-ai/flux-pro/v1.1-ultra",
    "replicate/black-forest-labs/flux-1.1-pro-ultra",
  ),
  "flux-kontext-pro": {
    credits: 40,
    routes: [
      "black-forest-labs/flux-kontext-pro",
      "fal/fal-ai/flux-pro/kontext/text-to-image",
      "replicate/black-forest-labs/flux-kontext-pro",
    ],
    editRoutes: [
      "black-forest-labs/flux-kontext-pro",
      "fal/fal-ai/flux-pro/kontext",
      "replicate/black-forest-labs/flux-kontext-pro",
    ],
  },
  "flux-kontext-max": {
    credits: 80,
    routes: [
      "black-forest-labs/flux-kontext-max",
      "fal/fal-ai/flux-pro/kontext/max/text-to-image",
      "replicate/black-forest-labs/flux-kontext-max",
    ],
    editRoutes: [
      "black-forest-labs/flux-kontext-max",
      "fal/fal-ai/flux-pro/kontext/max",
      "replicate/black-forest-labs/flux-kontext-max",
    ],
  },
  "flux-2-dev": {
    credits: 15,
    routes: [
      "fal/fal-ai/flux-2",
      "replicate/black-forest-labs/flux-2-dev",
      "workers-ai/@cf/black-forest-labs/flux-2-dev",
    ],
    editRoutes: [
      "fal/fal-ai/flux-2/edit",
      "replicate/black-forest-labs/flux-2-dev",
      "workers-ai/@cf/black-forest-labs/flux-2-dev",
    ],
  },
  "flux-2-pro": {
    credits: 30,
    routes: [
      "black-forest-labs/flux-2-pro",
      "fal/fal-ai/flux-2-pro",
      "replicate/black-forest-labs/flux-2-pro",
    ],
    editRoutes: [
      "black-forest-labs/flux-2-pro",
      "fal/fal-ai/flux-2-pro/edit",
      "replicate/black-forest-labs/flux-2-pro",
    ],
  },
  "flux-2-flex": {
    credits: 60,
    routes: [
      "black-forest-labs/flux-2-flex",
      "fal/fal-ai/flux-2-flex",
      "replicate/black-forest-labs/flux-2-flex",
    ],
    editRoutes: [
      "black-forest-labs/flux-2-flex",
      "fal/fal-ai/flux-2-flex/edit",
      "replicate/black-forest-labs/flux-2-flex",
    ],
  },
  "flux-2-max": {
    credits: 70,
    routes: [
      "black-forest-labs/flux-2-max",
      "fal/fal-ai/flux-2-max",
      "replicate/black-forest-labs/flux-2-max",
    ],
    editRoutes: [
      "black-forest-labs/flux-2-max",
      "fal/fal-ai/flux-2-max/edit",
      "replicate/black-forest-labs/flux-2-max",
    ],
  },
  "gpt-image-1": {
    credits: 45,
    routes: ["openai/gpt-image-1", "fal/fal-ai/gpt-image-1/text-to-image"],
    editRoutes: ["openai/gpt-image-1", "fal/fal-ai/gpt-image-1/edit-image"],
  },
  "gpt-image-1-mini": {
    credits: 15,
    routes: ["openai/gpt-image-1-mini", "fal/fal-ai/gpt-image-1-mini"],
    editRoutes: ["openai/gpt-image-1-mini", "fal/fal-ai/gpt-image-1-mini/edit"],
  },
  "gpt-image-1.5": {
    credits: 35,
    routes: ["openai/gpt-image-1.5", "fal/fal-ai/gpt-image-1.5", "replicate/openai/gpt-image-1.5"],
    editRoutes: ["openai/gpt-image-1.5", "fal/fal-ai/gpt-image-1.5/edit", "replicate/openai/gpt-image-1.5"],
  },
  "qwen-image": words(25, "fal/fal-ai/qwen-image", "replicate/qwen/qwen-image"),
  "recraft-v3": words(40, "fal/fal-ai/recraft/v3/text-to-image", "replicate/recraft-ai/recraft-v3"),
  "stable-diffusion-3.5-large": words(
    65,
    "fal/fal-ai/stable-diffusion-v35-large",
    "replicate/stability-ai/stable-diffusion-3.5-large",
  ),
  "lucid-origin": words(35, "workers-ai/@cf/leonardo/lucid-origin"),
  "phoenix-1.0": words(30, "workers-ai/@cf/leonardo/phoenix-1.0"),
  "sdxl-lightning": words(5, "workers-ai/@cf/bytedance/stable-diffusion-xl-lightning"),
  // The built-in painter: no key, no network and no AI.
  sketch: { credits: 5, routes: ["sketch/default"], editRoutes: ["sketch/default"] },
};
