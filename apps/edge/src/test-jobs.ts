import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { imageGeneratorRequestSchema } from "@bluehour/contract";
import type { JobOrder, Route } from "@bluehour/core";
import { askedToPaint } from "./asked-image.ts";
import { orderJob } from "./order-job.ts";
import { readSettings } from "./settings.ts";
import { IMAGES_URL, OPERATOR, timelineOf } from "./test-api.ts";

export const stubOf = (id: string) => env.JOBS.get(env.JOBS.idFromString(id));

/** A route to a provider that is polled, one image a call. */
export function polledRoute(provider: string): Route {
  return {
    provider,
    model: "default",
    maxImagesPerCall: 1,
    typicalMs: 1_000,
    idempotent: false,
    findable: false,
    callsBack: false,
    pollable: true,
    cancelable: true,
  };
}

/** The keys of a job's objects in the bucket. */
export async function keysOf(id: string): Promise<string[]> {
  return (await env.IMAGES.list({ prefix: id })).objects.map(({ key }) => key);
}

/** What is left in a job's own storage. */
export function leftIn(id: string): Promise<string[]> {
  return runInDurableObject(stubOf(id), async (_, { storage }) => [...(await storage.list()).keys()]);
}

export async function typesOf(id: string): Promise<string[]> {
  return (await timelineOf(id)).map(({ type }) => type);
}

/** Gives birth to a job whose order differs from what the settings would make it. */
export async function born(prompt: string, change: Partial<JobOrder>) {
  const request = imageGeneratorRequestSchema.parse({ image_count: 1, style: { prompt } });
  const now = Date.now();
  const context = { now, seed: 1, idempotencyKey: undefined, imagesUrl: IMAGES_URL };
  const { order } = await orderJob(OPERATOR, askedToPaint(request), readSettings(env), context);
  const jobId = env.JOBS.newUniqueId();
  const id = jobId.toString();
  const stub = env.JOBS.get(jobId);
  await stub.birth({ ...order, webhooks: [], ...change, id });
  return { id, stub };
}
