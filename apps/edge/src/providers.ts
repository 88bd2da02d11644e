import { ApiError } from "@bluehour/contract";
import {
  creditsPerImage,
  findModel,
  knownAliases,
  type Provider,
  type QualityMode,
  type Registered,
  type Registry,
  type Route,
  type Wanted,
  weighRoutes,
} from "@bluehour/core";
import { createComfyui, createSketch, createWorkersAi, type RunWorkersAi } from "@bluehour/providers";
import { KEYED_PROVIDERS, type KeyedProviderId } from "./provider-registry.ts";
import { refuseModel } from "./refuse-model.ts";
import type { Settings } from "./settings.ts";

/** By settings, which are read once for a Worker's bindings: every call of every job asks for them. */
const registries = new WeakMap<Settings, Registry>();

/** The providers there are adapters for: ready, or what each waits for. */
export function register(settings: Settings): Registry {
  const known = registries.get(settings);
  if (known) return known;
  const registry = build(settings);
  registries.set(settings, registry);
  return registry;
}

function build(settings: Settings): Registry {
  const ids = Object.keys(KEYED_PROVIDERS) as KeyedProviderId[]; // Object.keys forgets what the keys are called.
  return {
    sketch: { provider: createSketch({ renderMs: settings.sketchRenderMs }) },
    comfyui: comfyui(settings),
    "workers-ai": workersAi(settings),
    ...Object.fromEntries(ids.map((id) => [id, keyed(id, settings)])),
  };
}

function keyed(id: KeyedProviderId, settings: Settings): Registered {
  const [prefix, create] = KEYED_PROVIDERS[id];
  const { apiKey, baseUrl } = settings.providers[id];
  if (!apiKey) return { missing: [`${prefix}_API_KEY`] };
  return { provider: create({ apiKey, ...(baseUrl ? { baseUrl } : {}) }) };
}

function comfyui({ comfyui: { baseUrl, workflows } }: Settings): Registered {
  return baseUrl ? { provider: createComfyui({ baseUrl, workflows }) } : { missing: ["COMFYUI_BASE_URL"] };
}

function workersAi({ ai }: Settings): Registered {
  if (!ai) return { missing: ["the binding AI"] };
  // Its types know the models of one day; ours are named by callers.
  return { provider: createWorkersAi({ run: ai.run.bind(ai) as unknown as RunWorkersAi }) };
}

/** @returns null for a provider that is not configured (any more) */
export function findProvider(id: string, settings: Settings): Provider | null {
  const registry = register(settings);
  const registered = Object.hasOwn(registry, id) ? registry[id] : undefined;
  return registered && "provider" in registered ? registered.provider : null;
}

/** What a request asks of a model. */
export interface WantedOfModel extends Wanted {
  readonly model: string;
  readonly qualityMode: QualityMode;
}

/**
 * The routes that can paint what is wanted, in the order to try, and the price of an image.
 *
 * @throws ApiError `model_unavailable` for a model that nobody knows or whose providers have no key, naming the
 * variables to set; `unprocessable` for what none of its routes paints
 */
export function planRoutes(
  wanted: WantedOfModel,
  settings: Settings,
): { routes: readonly Route[]; credits: number } {
  const { model, qualityMode, edit } = wanted;
  const entry = findModel(model, settings);
  if (!entry) {
    const aliases = knownAliases(settings).join(", ");
    throw new ApiError(
      "model_unavailable",
      `Unknown model "${model}": use provider/model or one of ${aliases}`,
    );
  }
  const weighed = weighRoutes(edit ? entry.editRoutes : entry.routes, wanted, register(settings), {
    reachable: settings.publicUrl !== undefined,
  });
  if (weighed.able.length === 0) throw refuseModel(model, wanted, weighed);
  return { routes: weighed.able, credits: creditsPerImage(entry, qualityMode) };
}
