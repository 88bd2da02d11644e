import { parseRoute } from "../catalogue.ts";
import type { Provider } from "../provider.ts";

/** A provider that a deployment knows: ready, or waiting for all of the variables or bindings that it names. */
export type Registered = { readonly provider: Provider } | { readonly missing: readonly string[] };

/** The providers of a deployment, by the first segment of `provider/model`. */
export type Registry = Readonly<Record<string, Registered>>;

/** The provider of a route; null for one that the deployment has never heard of. */
export function lookUp(route: string, registry: Registry): Registered | null {
  const { provider } = parseRoute(route);
  // Routes are named by callers, and `constructor` is no provider.
  return Object.hasOwn(registry, provider) ? (registry[provider] ?? null) : null;
}
