import { env } from "cloudflare:workers";
import { type JobEffect, RenderMemory } from "@bluehour/core";
import { createMagicHour } from "@bluehour/providers";
import { expect, test } from "vitest";
import { outboundFetch } from "../outbound/outbound-fetch.ts";
import { readSettings } from "../settings.ts";
import { polledRoute } from "../test-jobs.ts";
import { type AwaitedEffect, runEffect } from "./effect-runner.ts";
import { HeldImages } from "./held-images.ts";
import type { Outside } from "./outside.ts";

/*
 * The time limit of each call, against a provider that hangs. In a job the limits are those of `core/job/limits`.
 */

const { "magic-hour": magicHour } = readSettings(env).providers;
const provider = createMagicHour({ apiKey: `${magicHour.apiKey}`, baseUrl: `${magicHour.baseUrl}` });
const route = polledRoute("magic-hour");
const outside: Outside = {
  jobId: "0".repeat(64),
  bucket: env.IMAGES,
  held: new HeldImages(),
  fetch: outboundFetch(true),
  now: Date.now,
  renders: new RenderMemory(),
  inputs: Promise.resolve({ images: [], files: new Map() }),
  callbackUrl: async () => undefined,
  findProvider: () => provider,
  settle: async () => undefined,
  announce: async () => undefined,
  erase: async () => undefined,
};
const limited = { part: 0, call: 1, route, limitMs: 200 };
const run = (effect: AwaitedEffect) => runEffect(effect, outside, new AbortController());

function submitOf(prompt: string): Extract<JobEffect, { type: "submit" }> {
  const image = {
    model: "default",
    prompt,
    tool: "general",
    qualityMode: "standard",
    aspectRatio: "1:1",
    resolution: "auto",
    count: 1,
    firstIndex: 0,
    seed: 1,
    inputs: [],
  } as const;
  return { ...limited, type: "submit", image, idempotencyKey: "key" };
}

async function operationOf(prompt: string) {
  const taken = await run({ ...submitOf(prompt), limitMs: 10_000 });
  if (taken?.type !== "submit-succeeded" || taken.answer.status !== "running") throw new Error("Not running");
  return taken.answer.operation;
}

test("a submit that hangs is cut, its outcome unknown", async () => {
  expect(await run(submitOf("[fault:submit-hang]"))).toMatchObject({
    type: "submit-failed",
    failure: { kind: "unknown_outcome" },
  });
});

test("a poll that hangs is cut, and may be repeated", async () => {
  const operation = await operationOf("[fault:poll-hang]");
  expect(await run({ ...limited, type: "poll", operation })).toMatchObject({
    type: "poll-failed",
    failure: { kind: "unavailable" },
  });
});

test("a cancel that hangs is cut, and may be repeated", async () => {
  const operation = await operationOf("[fault:delete-hang]");
  const { part: _, ...rest } = limited;
  expect(await run({ ...rest, type: "cancel-upstream", duty: 1, operation })).toMatchObject({
    type: "duty-failed",
  });
});

test("a download that hangs is cut, nothing is stored, and it may be fetched anew", async () => {
  const operation = await operationOf("[fault:slow-0] [fault:download-hang]");
  const done = await run({ ...limited, limitMs: 10_000, type: "poll", operation });
  if (done?.type !== "poll-succeeded" || done.answer.status !== "done") throw new Error("Not done");
  const [source] = done.answer.images;
  if (!source) throw new Error("No image");
  const stored = await run({ ...limited, type: "store", image: 0, source });
  expect(stored).toMatchObject({ type: "store-failed", reason: "The download broke off" });
  expect((await env.IMAGES.list({ prefix: outside.jobId })).objects).toEqual([]);
});

test("a provider that is not configured any more is unauthorized, so that the next route takes over", async () => {
  const gone = { ...outside, findProvider: () => null };
  const outcome = await runEffect(submitOf("a cat"), gone, new AbortController());
  expect(outcome).toMatchObject({ type: "submit-failed", failure: { kind: "unauthorized" } });
});
