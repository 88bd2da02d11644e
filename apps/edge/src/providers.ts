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

type Registration = (settings: Settings) => Registered;

/** A key of a provider, and where its API is, if not at the provider's own address. */
interface Credentials {
  readonly apiKey: string | undefined;
  readonly baseUrl: string | undefined;
}

/** A provider that waits for `variable` to hold its key. */
function keyed(
  variable: string,
  credentialsOf: (settings: Settings) => Credentials,
  create: (credentials: { apiKey: string; baseUrl?: string }) => Provider,
): Registration {
  return (settings) => {
    const { apiKey, baseUrl } = credentialsOf(settings);
    if (!apiKey) return { missing: [variable] };
    return { provider: create({ apiKey, ...(baseUrl ? { baseUrl } : {}) }) };
  };
}

/** The providers there are adapters for: what each needs, and how it is built. A new one is a line here. */
const PROVIDERS: ReadonlyMap<string, Registration> = new Map(
  Object.entries<Registration>({
    sketch: ({ sketchRenderMs }) => ({ provider: createSketch({ renderMs: sketchRenderMs }) }),
    "magic-hour": keyed("MAGIC_HOUR_API_KEY", ({ magicHour }) => magicHour, createMagicHour),
  }),
);

/** Every provider, built from the settings, or what it waits for. */
export function register(settings: Settings): Registry {
  return Object.fromEntries([...PROVIDERS].map(([id, registration]) => [id, registration(settings)]));
}

/** @returns null for a provider that is not configured (any more) */
export function findProvider(id: string, settings: Settings): Provider | null {
  const registered = PROVIDERS.get(id)?.(settings);
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
