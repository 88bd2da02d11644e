import {
  DIALECTS,
  type FakedProvider,
  type FakeUpstream,
  startFakeUpstream,
} from "@bluehour/providers/fake-upstream";
import { KEYED_PROVIDERS } from "../src/provider-registry.ts";

/** A model of each provider, for tests that paint with all of them. */
export const FAKED_MODELS = [
  ["black-forest-labs", "flux-2-pro"],
  ["comfyui", "default"],
  ["fal", "fal-ai/flux/schnell"],
  ["google", "gemini-3.1-flash-lite-image"],
  ["magic-hour", "flux-schnell"],
  ["openai", "gpt-image-1"],
  ["replicate", "black-forest-labs/flux-schnell"],
  ["stability", "ultra"],
] as const satisfies readonly (readonly [FakedProvider, string])[];

export interface FakeProviders {
  readonly fakes: Readonly<Record<FakedProvider, FakeUpstream>>;
  /** Settings of a Worker that has a key for each of them. */
  readonly vars: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

/** One fake for every provider that speaks HTTP. @param renderMs - how long each takes */
export async function startFakeProviders(renderMs: number): Promise<FakeProviders> {
  // Object.keys forgets what the keys are called.
  const ids = Object.keys(DIALECTS) as FakedProvider[];
  const started = await Promise.all(
    ids.map(async (provider) => [provider, await startFakeUpstream({ provider, renderMs })] as const),
  );
  const vars: Record<string, string> = { ALLOW_PRIVATE_HOSTS: "true" };
  for (const [id, { url, apiKey }] of started) {
    const [prefix] = id === "comfyui" ? ["COMFYUI"] : KEYED_PROVIDERS[id];
    vars[`${prefix}_BASE_URL`] = url;
    if (id !== "comfyui") vars[`${prefix}_API_KEY`] = apiKey;
  }
  return {
    // `Object.fromEntries` forgets what the keys are called.
    fakes: Object.fromEntries(started) as FakeProviders["fakes"],
    vars,
    close: async () => {
      await Promise.all(started.map(([, fake]) => fake.close()));
    },
  };
}
