import { ApiError } from "@bluehour/contract";
import type { Provider, Route } from "@bluehour/core";
import {
  type AspectRatio,
  creditsPerImage,
  findModel,
  knownAliases,
  parseRoute,
  type QualityMode,
  type Resolution,
} from "@bluehour/core";
import { createComfyui, createSketch, createWorkersAi, type RunWorkersAi } from "@bluehour/providers";
import { KEYED_PROVIDERS, type KeyedProviderId } from "./provider-registry.ts";
import type { Settings } from "./settings.ts";

/** A provider that this deployment knows: ready, or waiting for a var. */
type Registered = { readonly provider: Provider } | { readonly missing: string };

/** @returns null for an id that nobody has */
function register(id: string, settings: Settings): Registered | null {
  if (id === "sketch") return { provider: createSketch({ renderMs: settings.sketchRenderMs }) };
  if (id === "comfyui") {
    const { baseUrl, workflows } = settings.comfyui;
    return baseUrl ? { provider: createComfyui({ baseUrl, workflows }) } : { missing: "COMFYUI_BASE_URL" };
  }
  if (id === "workers-ai") {
    const { ai } = settings;
    if (!ai) return { missing: "the binding AI" };
    // Its types know the models of one day; ours are named by callers.
    const run = ai.run.bind(ai) as unknown as RunWorkersAi;
    return { provider: createWorkersAi({ run }) };
  }
  if (!isKeyed(id)) return null;
  const [prefix, create] = KEYED_PROVIDERS[id];
  const { apiKey, baseUrl } = settings.providers[id];
  if (!apiKey) return { missing: `${prefix}_API_KEY` };
  return { provider: create({ apiKey, ...(baseUrl ? { baseUrl } : {}) }) };
}

function isKeyed(id: string): id is KeyedProviderId {
  return Object.hasOwn(KEYED_PROVIDERS, id);
}

/** @returns null for a provider that is not configured (any more) */
export function findProvider(id: string, settings: Settings): Provider | null {
  const registered = register(id, settings);
  return registered && "provider" in registered ? registered.provider : null;
}

/** What a request asks of a model. */
export interface Wanted {
  readonly model: string;
  readonly aspectRatio: AspectRatio;
  readonly resolution: Resolution;
  readonly qualityMode: QualityMode;
}

/**
 * The routes that can paint what is wanted, in the order to try, and the price of an image.
 *
 * @throws ApiError `model_unavailable` for a model that nobody knows or whose providers have no key, naming the
 * variables to set; `unprocessable` for a resolution that none of its routes paints
 */
export function planRoutes(wanted: Wanted, settings: Settings): { routes: Route[]; credits: number } {
  const entry = findModel(wanted.model, settings);
  if (!entry) {
    const aliases = knownAliases(settings).join(", ");
    throw new ApiError(
      "model_unavailable",
      `Unknown model "${wanted.model}": use provider/model or one of ${aliases}`,
    );
  }
  const missing = new Set<string>();
  const configured: Route[] = [];
  const able: Route[] = [];
  for (const name of entry.routes) {
    const { provider: id, model } = parseRoute(name);
    const registered = register(id, settings);
    if (!registered) continue;
    if ("missing" in registered) missing.add(registered.missing);
    else {
      const { provider } = registered;
      const { aspectRatios, resolutions, maxImagesPerCall, typicalMs, capabilities } =
        provider.describe(model);
      const route: Route = {
        provider: id,
        model,
        maxImagesPerCall,
        typicalMs,
        idempotent: capabilities.idempotent,
        findable: provider.find !== undefined,
        callsBack: capabilities.callback && settings.publicUrl !== undefined,
        cancelable: provider.cancel !== undefined,
        pollable: provider.poll !== undefined,
      };
      configured.push(route);
      if (aspectRatios.includes(wanted.aspectRatio) && resolutions.includes(wanted.resolution))
        able.push(route);
    }
  }
  if (configured.length === 0) throw unavailable(wanted.model, entry.routes, missing);
  if (able.length === 0) {
    throw new ApiError(
      "unprocessable",
      `Model "${wanted.model}" does not paint ${wanted.aspectRatio} at ${wanted.resolution}: try another resolution`,
    );
  }
  return { routes: able, credits: creditsPerImage(entry, wanted.qualityMode) };
}

function unavailable(model: string, routes: readonly string[], missing: Set<string>): ApiError {
  const advice =
    missing.size > 0
      ? `set ${[...missing].join(" or ")}`
      : `${routes.map((route) => parseRoute(route).provider).join(", ")} is not a provider of this deployment`;
  return new ApiError("model_unavailable", `No provider is configured for model "${model}": ${advice}`);
}
