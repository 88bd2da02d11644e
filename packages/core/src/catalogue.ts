import type { CatalogueEntry } from "./catalogue/catalogue-entry.ts";
import { MAGIC_HOUR_ENTRIES } from "./catalogue/magic-hour-entries.ts";
import { OTHER_ENTRIES } from "./catalogue/other-entries.ts";

const STANDARD_CREDITS = 5;
const PRO_CREDITS = 30;

/** The aliases that come with Bluehour. `default` is not among them: the setting `DEFAULT_MODEL` says what it means. */
const BUILT_IN: ReadonlyMap<string, CatalogueEntry> = new Map(
  Object.entries({ ...MAGIC_HOUR_ENTRIES, ...OTHER_ENTRIES }),
);

/** What a built-in route costs by whichever name it is asked for, in credits. */
const CREDITS_OF: ReadonlyMap<string, number> = new Map(
  [...BUILT_IN.values()].flatMap(({ routes, editRoutes, credits }) =>
    [...routes, ...editRoutes].map((route) => [route, credits] as const),
  ),
);

const PAINT_FROM_WORDS = new Set([...BUILT_IN.values()].flatMap(({ routes }) => routes));

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
  const builtIn = BUILT_IN.get(target);
  const overridden = Object.hasOwn(settings.models, target) ? settings.models[target] : undefined;
  if (overridden) return entryOf(overridden, builtIn?.credits);
  if (builtIn) return builtIn;
  return isRoute(target) ? entryOf([target]) : null;
}

/**
 * An entry that somebody else composed. Whether its routes edit is the adapters' to say; that one only edits, as
 * `fal/fal-ai/nano-banana/edit`, no adapter can say, but our table may. Its price is that of what is tried first.
 */
function entryOf(routes: readonly string[], credits = creditsOf(routes)): CatalogueEntry {
  const onlyEdits = (route: string) => CREDITS_OF.has(route) && !PAINT_FROM_WORDS.has(route);
  return { routes: routes.filter((route) => !onlyEdits(route)), editRoutes: routes, credits };
}

function creditsOf([first = ""]: readonly string[]): number {
  return CREDITS_OF.get(first) ?? STANDARD_CREDITS;
}

/** Every alias a caller may name: `default`, the built-in ones, then those of the settings. */
export function knownAliases(settings: CatalogueSettings): string[] {
  return [...new Set(["default", ...BUILT_IN.keys(), ...Object.keys(settings.models)])];
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

/**
 * Whether a name has the form `provider/model`. Callers name models, and adapters put the name into a path that the
 * operator's key is sent to, so it must stay in its place there: no `.` or `..` between slashes, nothing escaped, no
 * query. A backslash, which URLs take for a slash, may stand in the name of a checkpoint file.
 */
export function isRoute(name: string): boolean {
  return /^[a-z0-9-]+(?:[/\\](?!\.{1,2}(?:[/\\]|$))[^\s/\\%?#]+)+$/.test(name) && !/^[a-z0-9-]+\\/.test(name);
}
