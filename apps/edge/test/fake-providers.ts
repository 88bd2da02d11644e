import {
  DIALECTS,
  type FakedProvider,
  type FakeUpstream,
  startFakeUpstream,
} from "@bluehour/providers/fake-upstream";

/** What a provider's settings begin with, where it is not its id. */
const PREFIXES: Partial<Record<FakedProvider, string>> = { "black-forest-labs": "BFL" };

/** A model of each provider, for tests that paint with all of them. */
export const FAKED_MODELS = [
  ["black-forest-labs", "flux-2-pro"],
  ["comfyui", "default"],
  ["fal", "fal-ai/flux/schnell"],
  ["google", "gemini-2.5-flash-image"],
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
  const vars = started.flatMap(([id, { url, apiKey }]) => {
    const prefix = PREFIXES[id] ?? id.toUpperCase().replaceAll("-", "_");
    return [[`${prefix}_BASE_URL`, url] as const, [`${prefix}_API_KEY`, apiKey] as const];
  });
  return {
    // `Object.fromEntries` forgets what the keys are called.
    fakes: Object.fromEntries(started) as FakeProviders["fakes"],
    vars: { ...Object.fromEntries(vars), ALLOW_PRIVATE_HOSTS: "true" },
    close: async () => {
      await Promise.all(started.map(([, fake]) => fake.close()));
    },
  };
}
