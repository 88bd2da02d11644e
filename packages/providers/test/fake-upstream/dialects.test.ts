import type { Provider } from "@bluehour/core";
import {
  createBlackForestLabs,
  createComfyui,
  createFal,
  createGoogle,
  createMagicHour,
  createOpenai,
  createReplicate,
  createStability,
} from "@bluehour/providers";
import { expect, it } from "vitest";
import { callFor } from "../adapter-bench.ts";
import { DIALECTS, type FakedProvider, startFakeUpstream } from "./start-fake-upstream.ts";

type Create = (settings: { apiKey: string; baseUrl: string }) => Provider;

const ADAPTERS: Readonly<Record<FakedProvider, readonly [create: Create, model: string]>> = {
  "black-forest-labs": [createBlackForestLabs, "flux-2-pro"],
  comfyui: [createComfyui, "default"],
  fal: [createFal, "fal-ai/flux/schnell"],
  google: [createGoogle, "gemini-3.1-flash-lite-image"],
  "magic-hour": [createMagicHour, "default"],
  openai: [createOpenai, "gpt-image-1"],
  replicate: [createReplicate, "black-forest-labs/flux-schnell"],
  stability: [createStability, "ultra"],
};

it.each(Object.keys(DIALECTS))(
  "%s reads the markers of a prompt, and records what it was asked",
  async (id) => {
    // Object.keys forgets what the keys are called.
    const provider = id as FakedProvider;
    const [create, model] = ADAPTERS[provider];
    const fake = await startFakeUpstream({ provider, renderMs: 0 });
    const adapter = create({ apiKey: fake.apiKey, baseUrl: fake.url });
    const context = { fetch, now: Date.now, signal: AbortSignal.timeout(10_000), idempotencyKey: "a" };
    const call = callFor(model, { prompt: "[fault:submit-503] a cat [fault:fewer-0]" });

    await expect(adapter.submit(call, context)).rejects.toMatchObject({ kind: "unavailable" });
    const answer = await adapter.submit(call, context).catch((error: unknown) => error);
    expect(fake.submits).toMatchObject([
      { fault: "status", projectId: null, credits: 0 },
      { fault: null, projectId: expect.any(String), credits: 5 },
    ]);
    expect(fake.requests.length).toBeGreaterThanOrEqual(2);
    // Without any image there is nothing to hand over, now or later.
    expect(answer).not.toMatchObject({ status: "done" });

    await expect(adapter.submit({ ...call, prompt: "[fault:sulk]" }, context)).rejects.toMatchObject({
      message: expect.stringContaining("unknown fault marker"),
    });
    await fake.close();
  },
);
