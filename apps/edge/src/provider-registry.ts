import type { Provider } from "@bluehour/core";
import {
  createBlackForestLabs,
  createFal,
  createGoogle,
  createMagicHour,
  createOpenai,
  createReplicate,
  createStability,
} from "@bluehour/providers";

/** Builds an adapter; without `baseUrl` it talks to the provider's own API. */
type CreateProvider = (settings: { apiKey: string; baseUrl?: string }) => Provider;

/**
 * Providers that need a key, by their id: what their settings begin with (`<prefix>_API_KEY`, `<prefix>_BASE_URL`),
 * and what builds them.
 */
export const KEYED_PROVIDERS = {
  "black-forest-labs": ["BFL", createBlackForestLabs],
  fal: ["FAL", createFal],
  google: ["GOOGLE", createGoogle],
  "magic-hour": ["MAGIC_HOUR", createMagicHour],
  openai: ["OPENAI", createOpenai],
  replicate: ["REPLICATE", createReplicate],
  stability: ["STABILITY", createStability],
} as const satisfies Readonly<Record<string, readonly [prefix: string, create: CreateProvider]>>;

type Registry = typeof KEYED_PROVIDERS;
export type KeyedProviderId = keyof Registry;
type ProviderPrefix = Registry[KeyedProviderId][0];

/** The vars and secrets of these providers. */
export type ProviderVars = {
  readonly [Name in `${ProviderPrefix}_${"API_KEY" | "BASE_URL"}`]?: string;
};
