/** A model that callers can name: the routes to try in order, and its price. */
export interface CatalogueEntry {
  /** `provider/model`, in the order to try. */
  readonly routes: readonly string[];
  /** Credits for one standard image. */
  readonly credits: number;
}

const STANDARD_CREDITS = 5;
const PRO_CREDITS = 30;

/**
 * Magic Hour's models and their prices.
 *
 * @see https://docs.magichour.ai/api-reference/image-projects/ai-image-generator
 */
const MAGIC_HOUR_CREDITS = {
  "flux-schnell": 5,
  "flux-2-klein": 5,
  "z-image-turbo": 5,
  "seedream-v4": 40,
  seedream: 40,
  "nano-banana": 50,
  "nano-banana-2-lite": 50,
  "gpt-image-2": 50,
  "seedream-v5-pro": 75,
  "nano-banana-2": 100,
  "nano-banana-pro": 150,
} as const;

/** The aliases that come with Bluehour. `default` is not among them: the setting `DEFAULT_MODEL` says what it means. */
const BUILT_IN: Readonly<Record<string, CatalogueEntry>> = Object.fromEntries(
  Object.entries(MAGIC_HOUR_CREDITS).map(([model, credits]) => [
    model,
    { routes: [`magic-hour/${model}`], credits },
  ]),
);

export interface CatalogueSettings {
  /** What the model `default` means: an alias, or a route. */
  readonly defaultModel: string;
  /** Aliases to add or override: alias → routes. */
  readonly models: Readonly<Record<string, readonly string[]>>;
}

/**
 * Finds what a model's name stands for: an alias of the settings, a built-in alias, or itself a route.
 *
 * @returns null for a name that is neither an alias nor a route
 */
export function findModel(name: string, settings: CatalogueSettings): CatalogueEntry | null {
  const target = name === "default" && !settings.models["default"] ? settings.defaultModel : name;
  const builtIn = Object.hasOwn(BUILT_IN, target) ? BUILT_IN[target] : undefined;
  const overridden = Object.hasOwn(settings.models, target) ? settings.models[target] : undefined;
  if (overridden) return { routes: overridden, credits: builtIn?.credits ?? STANDARD_CREDITS };
  if (builtIn) return builtIn;
  return isRoute(target) ? { routes: [target], credits: STANDARD_CREDITS } : null;
}

/** The aliases a caller may name, for an error message that helps. */
export function knownAliases(settings: CatalogueSettings): string[] {
  return [...new Set(["default", ...Object.keys(BUILT_IN), ...Object.keys(settings.models)])].sort();
}

/** Price of one image, in credits: `pro` costs at least 30. */
export function creditsPerImage(entry: CatalogueEntry, qualityMode: "standard" | "pro"): number {
  return qualityMode === "pro" ? Math.max(PRO_CREDITS, entry.credits) : entry.credits;
}

/** Splits `provider/model`; the model may hold slashes of its own. */
export function parseRoute(route: string): { provider: string; model: string } {
  const slash = route.indexOf("/");
  return { provider: route.slice(0, slash), model: route.slice(slash + 1) };
}

/** Whether a name has the form `provider/model`. */
export function isRoute(name: string): boolean {
  return /^[a-z0-9-]+\/\S+$/.test(name);
}
