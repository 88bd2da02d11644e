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
import { createMagicHour, createSketch } from "@bluehour/providers";
import { refuseModel } from "./refuse-model.ts";
import type { Settings } from "./settings.ts";

/** The providers there are adapters for: ready, or what each waits for. A new one is a line here. */
export function register(settings: Settings): Registry {
  return {
    sketch: { provider: createSketch({ renderMs: settings.sketchRenderMs }) },
    "magic-hour": keyed(createMagicHour, settings.magicHour, "MAGIC_HOUR_API_KEY"),
  };
}

/** A provider that needs a key, which is in `variable`, and may have its API at another address. */
function keyed(
  create: (settings: { apiKey: string; baseUrl?: string }) => Provider,
  { apiKey, baseUrl }: { readonly apiKey: string | undefined; readonly baseUrl: string | undefined },
  variable: string,
): Registered {
  if (!apiKey) return { missing: [variable] };
  return { provider: create({ apiKey, ...(baseUrl ? { baseUrl } : {}) }) };
}

/** @returns null for a provider that is not configured (any more) */
export function findProvider(id: string, settings: Settings): Provider | null {
  const registered = Object.entries(register(settings)).find(([name]) => name === id)?.[1];
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
