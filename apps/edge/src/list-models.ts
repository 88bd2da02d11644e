import { MAX_IMAGE_COUNT, type Model, type ModelList } from "@bluehour/contract";
import {
  creditsPerImage,
  describeEntry,
  findModel,
  knownAliases,
  parseRoute,
  type Registry,
} from "@bluehour/core";
import { register } from "./providers.ts";
import type { Settings } from "./settings.ts";

/** The catalogue as these settings make it: `default`, the built-in models, then those of `MODELS`. */
export function listModels(settings: Settings): ModelList {
  const registry = register(settings);
  return { items: knownAliases(settings).flatMap((id) => toModel(id, settings, registry) ?? []) };
}

/** @returns null for a name that stands for nothing: `default`, when `DEFAULT_MODEL` is misspelt */
function toModel(id: string, settings: Settings, registry: Registry): Model | null {
  const entry = findModel(id, settings);
  if (!entry) return null;
  const described = describeEntry(entry, registry);
  const routes = described.routes.map(({ route, missing }) => ({
    id: route,
    provider: parseRoute(route).provider,
    available: missing?.length === 0,
    missing: [...(missing ?? [])],
  }));
  return {
    id,
    providers: [...new Set(routes.map(({ provider }) => provider))],
    routes,
    available: described.available,
    missing: described.available ? [] : [...new Set(routes.flatMap(({ missing }) => missing))],
    generates: described.generates,
    edits: described.edits,
    credits_per_image: creditsPerImage(entry, "standard"),
    credits_per_pro_image: creditsPerImage(entry, "pro"),
    // A larger job than a provider takes at once becomes several calls.
    max_images: MAX_IMAGE_COUNT,
    aspect_ratios: [...described.aspectRatios],
    resolutions: [...described.resolutions],
    typical_ms: described.typicalMs,
  };
}
