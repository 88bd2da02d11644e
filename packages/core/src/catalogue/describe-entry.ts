import { parseRoute } from "../catalogue.ts";
import {
  ASPECT_RATIOS,
  type AspectRatio,
  type ProviderModel,
  RESOLUTIONS,
  type Resolution,
} from "../provider.ts";
import type { CatalogueEntry } from "./catalogue-entry.ts";
import { lookUp, type Registry } from "./registry.ts";

/** A route, and what its provider waits for: nothing if it is ready, null if the deployment knows no such provider. */
interface RouteStanding {
  readonly route: string;
  readonly missing: readonly string[] | null;
}

/** What a deployment can do with a model. */
export interface EntryDescription {
  /** Every route once, in the order to try: those that paint from words, then those that only edit. */
  readonly routes: readonly RouteStanding[];
  /** Whether a route is ready. If none is, the next two say what the model could do. */
  readonly available: boolean;
  /** Paints from words alone. */
  readonly generates: boolean;
  readonly edits: boolean;
  /** What at least one ready route paints; empty while none is ready. */
  readonly aspectRatios: readonly AspectRatio[];
  readonly resolutions: readonly Resolution[];
  /** Of the first ready route, in milliseconds; null while none is ready. */
  readonly typicalMs: number | null;
}

/** Describes a model by those of its routes that are ready in a deployment. */
export function describeEntry({ routes, editRoutes }: CatalogueEntry, registry: Registry): EntryDescription {
  const all = [...new Set([...routes, ...editRoutes])];
  const painters = ready(routes, registry);
  const editors = ready(editRoutes, registry).filter(({ capabilities }) => capabilities.edit);
  const [first] = ready(all, registry);
  const useful = painters.length > 0 ? painters : editors;
  return {
    routes: all.map((route) => ({ route, missing: missingOf(route, registry) })),
    available: first !== undefined,
    generates: first ? painters.length > 0 : routes.length > 0,
    edits: first ? editors.length > 0 : editRoutes.length > 0,
    aspectRatios: ASPECT_RATIOS.filter((shape) => useful.some((model) => model.aspectRatios.includes(shape))),
    resolutions: RESOLUTIONS.filter((size) => useful.some((model) => model.resolutions.includes(size))),
    typicalMs: first?.typicalMs ?? null,
  };
}

function missingOf(route: string, registry: Registry): readonly string[] | null {
  const registered = lookUp(route, registry);
  if (!registered) return null;
  return "missing" in registered ? registered.missing : [];
}

function ready(routes: readonly string[], registry: Registry): ProviderModel[] {
  return routes.flatMap((route) => {
    const registered = lookUp(route, registry);
    if (!registered || "missing" in registered) return [];
    return [registered.provider.describe(parseRoute(route).model)];
  });
}
