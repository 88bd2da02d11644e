import {
  describeFailure,
  type JobEffect,
  type JobEvent,
  type JobSummary,
  type Provider,
  type ProviderContext,
  ProviderError,
  type ProviderImage,
  type RenderMemory,
  type Route,
  type Settlement,
  type Submitted,
  type WebhookEvent,
} from "@bluehour/core";
import { BadOutput } from "../images/bad-output.ts";
import { possibleImageKeys } from "../images/image-key.ts";
import { type ImageBody, storeImage } from "../images/store-image.ts";
import { describeError } from "../log.ts";
import type { JobInputs } from "../uploads/job-inputs.ts";
import { withinLimit } from "../within-limit.ts";
import type { HeldImages } from "./held-images.ts";

/** The outside, as a job's effects need it. */
export interface Outside {
  readonly jobId: string;
  readonly bucket: R2Bucket;
  readonly held: HeldImages;
  readonly fetch: ProviderContext["fetch"];
  readonly now: () => number;
  /** What this process has learned of render times. */
  readonly renders: RenderMemory;
  /** The images to edit, as the provider may get them. */
  readonly inputs: Promise<JobInputs>;
  /** Where a provider may call back about a part; undefined where nobody outside can reach us. */
  callbackUrl(part: number): Promise<string | undefined>;
  /** @returns null for a provider that is not configured any more */
  findProvider(id: string): Provider | null;
  settle(settlement: Settlement): Promise<void>;
  /** Hands an event over to those who want to hear of it. */
  announce(news: { event: WebhookEvent; job: JobSummary }): Promise<void>;
  erase(): Promise<void>;
}

/**
 * Does what a job wants done and says how it went. Never throws; null when there is nobody left to tell.
 *
 * @param signal - aborted when nobody waits for the outcome any more
 */
export async function runEffect(
  effect: AwaitedEffect,
  outside: Outside,
  signal: AbortSignal,
): Promise<JobEvent | null> {
  switch (effect.type) {
    case "submit":
      return submit(effect, outside);
    case "find":
      return find(effect, outside);
    case "poll":
      return poll(effect, outside, signal);
    case "store":
      return store(effect, outside, signal);
    default:
      return perform(effect, outside);
  }
}

/** Effects whose outcome the job waits for. */
export type AwaitedEffect = Exclude<JobEffect, { type: "observe-render" }>;

type Effect<T extends JobEffect["type"]> = Extract<JobEffect, { type: T }>;

/** A submit is never aborted from outside: its answer is what tells which operation to stop. */
async function submit(effect: Effect<"submit">, outside: Outside): Promise<JobEvent> {
  const { part, call, route, image, idempotencyKey, limitMs } = effect;
  try {
    const provider = configured(outside, route.provider);
    const callbackUrl = route.callsBack ? await outside.callbackUrl(part) : undefined;
    const { images: inputs } = await outside.inputs;
    const answer = await withinLimit(limitMs, (signal) =>
      provider.submit({ ...image, inputs }, { ...contextOf(outside, idempotencyKey, signal), callbackUrl }),
    );
    return { type: "submit-succeeded", part, call, answer: taken(answer, route, outside) };
  } catch (error) {
    return { type: "submit-failed", part, call, failure: describeFailure(error, "unknown_outcome") };
  }
}

/** Nor is a look-up: of an ended job it finds what to stop. */
async function find(effect: Effect<"find">, outside: Outside): Promise<JobEvent> {
  const { part, call, route, image, idempotencyKey, limitMs } = effect;
  try {
    const provider = configured(outside, route.provider);
    const look = async (signal: AbortSignal) => {
      if (!provider.find) throw new ProviderError("unavailable", `${route.provider} cannot look up submits`);
      const { images: inputs } = await outside.inputs;
      return provider.find({ ...image, inputs }, contextOf(outside, idempotencyKey, signal));
    };
    const answer = await withinLimit(limitMs, look);
    if (answer.status === "absent") return { type: "find-succeeded", part, call, answer };
    return { type: "find-succeeded", part, call, answer: taken(answer, route, outside) };
  } catch (error) {
    return { type: "find-failed", part, call, failure: describeFailure(error, "unavailable") };
  }
}

async function poll(effect: Effect<"poll">, outside: Outside, aborted: AbortSignal): Promise<JobEvent> {
  const { part, call, route, operation, limitMs } = effect;
  try {
    const provider = configured(outside, route.provider);
    const ask = async (signal: AbortSignal) => {
      if (!provider.poll) throw new ProviderError("unavailable", `${route.provider} cannot be polled`);
      return provider.poll(operation, contextOf(outside, "", signal));
    };
    const answer = await withinLimit(limitMs, ask, aborted);
    switch (answer.status) {
      case "running":
        return {
          type: "poll-succeeded",
          part,
          call,
          answer: { ...answer, plan: outside.renders.planFor(route) },
        };
      case "done":
        return { type: "poll-succeeded", part, call, answer: hold(answer.images, outside) };
      case "failed": {
        const failure = describeFailure(answer.error, "unavailable");
        return { type: "poll-succeeded", part, call, answer: { status: "failed", failure } };
      }
    }
  } catch (error) {
    return { type: "poll-failed", part, call, failure: describeFailure(error, "unavailable") };
  }
}

async function store(effect: Effect<"store">, outside: Outside, aborted: AbortSignal): Promise<JobEvent> {
  const { part, image, call, source, limitMs } = effect;
  const fetchAndStore = async (signal: AbortSignal) => {
    const body =
      source.kind === "held" ? outside.held.open(source.token) : await download(source, outside, signal);
    if (!body) throw new BadOutput("The image's bytes are no longer in memory");
    return storeImage(outside.bucket, outside.jobId, image, body);
  };
  try {
    const output = await withinLimit(limitMs, fetchAndStore, aborted);
    return { type: "store-succeeded", part, image, call, output };
  } catch (error) {
    // Messages of the platform and of streams may name addresses; only ours are passed on.
    const known = error instanceof BadOutput || error instanceof ProviderError;
    return {
      type: "store-failed",
      part,
      image,
      call,
      reason: known ? error.message : "The download broke off",
    };
  }
}

/** What the job owes to the outside. */
async function perform(
  effect: Effect<"cancel-upstream" | "settle" | "announce" | "remove-outputs" | "erase">,
  outside: Outside,
): Promise<JobEvent | null> {
  const { duty, call } = effect;
  try {
    switch (effect.type) {
      case "cancel-upstream": {
        const provider = configured(outside, effect.route.provider);
        const outcome = await withinLimit(
          effect.limitMs,
          async (signal) =>
            provider.cancel?.(effect.operation, contextOf(outside, "", signal)) ?? ("unknown" as const),
        );
        return { type: "duty-succeeded", duty, call, outcome };
      }
      case "settle":
        await outside.settle(effect.settlement);
        break;
      case "announce":
        await outside.announce(effect);
        break;
      case "remove-outputs":
        await outside.bucket.delete(
          effect.images.flatMap((index) => possibleImageKeys(outside.jobId, index)),
        );
        break;
      case "erase":
        await outside.erase();
        return null;
    }
    return { type: "duty-succeeded", duty, call };
  } catch (error) {
    return { type: "duty-failed", duty, call, reason: describeError(error) };
  }
}

function configured(outside: Outside, id: string): Provider {
  const provider = outside.findProvider(id);
  if (!provider) throw new ProviderError("unauthorized", `${id} is not configured any more`);
  return provider;
}

function contextOf({ fetch, now }: Outside, idempotencyKey: string, signal: AbortSignal): ProviderContext {
  return { fetch, now, signal, idempotencyKey };
}

/** What a provider has made of a submit, as the job may know it. */
function taken(answer: Submitted, route: Route, outside: Outside) {
  if (answer.status === "done") return hold(answer.images, outside);
  return { ...answer, plan: outside.renders.planFor(route) };
}

function hold(images: readonly ProviderImage[], { held }: Outside) {
  return { status: "done" as const, images: images.map((image) => held.hold(image)) };
}

async function download(
  { url, headers }: { url: string; headers?: Readonly<Record<string, string>> },
  { fetch }: Outside,
  signal: AbortSignal,
): Promise<ImageBody> {
  const response = await fetch(url, { signal, ...(headers ? { headers } : {}) });
  if (!response.ok || !response.body) {
    await response.body?.cancel();
    throw new BadOutput(`The image's address answered ${response.status}`);
  }
  // Of an encoded body the length tells nothing about what comes out of it.
  const length = response.headers.has("content-encoding") ? null : response.headers.get("content-length");
  return { stream: response.body, bytes: length === null ? undefined : Number(length) };
}
