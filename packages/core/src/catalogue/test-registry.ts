import { ASPECT_RATIOS, type Provider, type ProviderModel } from "../provider.ts";
import type { Registry } from "./registry.ts";

/** A provider whose models are all alike. It is never called. */
function providerOf(
  id: string,
  {
    capabilities,
    ...facts
  }: Partial<Omit<ProviderModel, "capabilities">> & {
    capabilities?: Partial<ProviderModel["capabilities"]>;
  } = {},
  methods: Partial<Provider> = {},
): Provider {
  const none = { edit: false, callback: false, cancel: false, idempotent: false };
  return {
    id,
    describe: () => ({
      maxImagesPerCall: 1,
      typicalMs: 1_000,
      aspectRatios: ASPECT_RATIOS,
      resolutions: ["auto", "1k"],
      ...facts,
      capabilities: { ...none, ...capabilities },
    }),
    submit: () => Promise.reject(new Error("not asked for")),
    ...methods,
  };
}

/** `plain` and `versatile` are ready, `keyless` waits for one variable, `twofold` for two. */
export const registry: Registry = {
  plain: { provider: providerOf("plain") },
  versatile: {
    provider: providerOf(
      "versatile",
      {
        maxImagesPerCall: 4,
        maxImagesPerEdit: 6,
        maxImagesPerLargeCall: 1,
        typicalMs: 9_000,
        resolutions: ["auto", "2k", "4k"],
        capabilities: { edit: true, callback: true, idempotent: true },
      },
      { poll: async () => ({ status: "running" }), cancel: async () => "canceled" },
    ),
  },
  keyless: { missing: ["KEYLESS_API_KEY"] },
  twofold: { missing: ["TWOFOLD_ACCOUNT", "TWOFOLD_TOKEN"] },
};
