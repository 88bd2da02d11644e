import { parseRoute } from "../catalogue.ts";
import type { Route } from "../job/order.ts";
import type { AspectRatio, Provider, ProviderModel, Resolution } from "../provider.ts";
import { lookUp, type Registry } from "./registry.ts";

/** What a request asks of a route. */
export interface Wanted {
  readonly aspectRatio: AspectRatio;
  readonly resolution: Resolution;
  /** Whether there are images to edit. */
  readonly edit: boolean;
}

/** Why a route cannot paint what is wanted. */
export type Obstacle =
  | { readonly reason: "unknown_provider" }
  | { readonly reason: "not_configured"; readonly missing: readonly string[] }
  | { readonly reason: "does_not_edit" }
  | {
      readonly reason: "wrong_size";
      readonly aspectRatios: readonly AspectRatio[];
      readonly resolutions: readonly Resolution[];
    };

/** What became of each route, in the order to try. */
export interface Weighed {
  readonly able: readonly Route[];
  readonly unable: readonly { readonly route: string; readonly obstacle: Obstacle }[];
}

/**
 * Sorts a model's routes into those that can paint what is wanted, described as a job needs them, and those that cannot,
 * with the first thing in their way.
 *
 * @param routes - `provider/model`, in the order to try
 * @param options - `reachable`: whether providers can call us back
 */
export function weighRoutes(
  routes: readonly string[],
  wanted: Wanted,
  registry: Registry,
  { reachable }: { reachable: boolean },
): Weighed {
  const able: Route[] = [];
  const unable: { route: string; obstacle: Obstacle }[] = [];
  for (const route of routes) {
    const registered = lookUp(route, registry);
    if (!registered) unable.push({ route, obstacle: { reason: "unknown_provider" } });
    else if ("missing" in registered) {
      unable.push({ route, obstacle: { reason: "not_configured", missing: registered.missing } });
    } else {
      const described = registered.provider.describe(parseRoute(route).model);
      const obstacle = obstacleOf(described, wanted);
      if (obstacle) unable.push({ route, obstacle });
      else able.push(toRoute(route, registered.provider, described, { wanted, reachable }));
    }
  }
  return { able, unable };
}

function obstacleOf(
  { aspectRatios, resolutions, capabilities }: ProviderModel,
  wanted: Wanted,
): Obstacle | null {
  if (wanted.edit && !capabilities.edit) return { reason: "does_not_edit" };
  if (aspectRatios.includes(wanted.aspectRatio) && resolutions.includes(wanted.resolution)) return null;
  return { reason: "wrong_size", aspectRatios, resolutions };
}

function toRoute(
  route: string,
  provider: Provider,
  described: ProviderModel,
  { wanted, reachable }: { wanted: Wanted; reachable: boolean },
): Route {
  const { typicalMs, capabilities } = described;
  return {
    ...parseRoute(route),
    maxImagesPerCall: maxImagesOf(described, wanted),
    typicalMs,
    idempotent: capabilities.idempotent,
    findable: provider.find !== undefined,
    callsBack: capabilities.callback && reachable,
    cancelable: provider.cancel !== undefined,
    pollable: provider.poll !== undefined,
  };
}

/** Most images that one call may bring of what is wanted. */
function maxImagesOf(
  { maxImagesPerCall, maxImagesPerEdit, maxImagesPerLargeCall }: ProviderModel,
  { edit, resolution }: Wanted,
): number {
  const isLarge = resolution === "2k" || resolution === "4k";
  const maxImages = edit ? (maxImagesPerEdit ?? maxImagesPerCall) : maxImagesPerCall;
  return isLarge ? Math.min(maxImages, maxImagesPerLargeCall ?? maxImages) : maxImages;
}
