import {
  describeFailure,
  type JobEffect,
  type JobEvent,
  ProviderError,
  type ProviderImage,
  type Submitted,
} from "@bluehour/core";
import { withinLimit } from "../within-limit.ts";
import { fulfilDuty } from "./fulfil-duty.ts";
import { configured, contextOf, type Outside } from "./outside.ts";
import { storeOutput } from "./store-output.ts";

/**
 * Does what a job wants done and says how it went. Never throws; null when there is nobody left to tell.
 *
 * @param over - aborted when nobody waits for the outcome any more, or its time limit has passed
 */
export async function runEffect(
  effect: AwaitedEffect,
  outside: Outside,
  over: AbortController,
): Promise<JobEvent | null> {
  switch (effect.type) {
    case "submit":
      return submit(effect, outside, over);
    case "find":
      return find(effect, outside, over);
    case "poll":
      return poll(effect, outside, over);
    case "store":
      return storeOutput(effect, outside, over);
    default:
      return fulfilDuty(effect, outside);
  }
}

/** Effects whose outcome the job waits for. */
export type AwaitedEffect = Exclude<JobEffect, { type: "observe-render" }>;

export type Effect<T extends JobEffect["type"]> = Extract<JobEffect, { type: T }>;

/** A submit is never aborted from outside: its answer is what tells which operation to stop. */
async function submit(effect: Effect<"submit">, outside: Outside, over: AbortController): Promise<JobEvent> {
  const { part, call, route, image, idempotencyKey, limitMs } = effect;
  try {
    const provider = configured(outside, route.provider);
    const callbackUrl = route.callsBack ? await outside.callbackUrl(part) : undefined;
    const { images: inputs } = await outside.inputs;
    const send = (signal: AbortSignal) =>
      provider.submit({ ...image, inputs }, { ...contextOf(outside, idempotencyKey, signal), callbackUrl });
    const answer = await withinLimit(limitMs, send, over);
    return { type: "submit-succeeded", part, call, answer: taken(answer, effect, outside) };
  } catch (error) {
    return { type: "submit-failed", part, call, failure: describeFailure(error, "unknown_outcome") };
  }
}

/** Nor is a look-up: of an ended job it finds what to stop. */
async function find(effect: Effect<"find">, outside: Outside, over: AbortController): Promise<JobEvent> {
  const { part, call, route, image, idempotencyKey, limitMs } = effect;
  try {
    const provider = configured(outside, route.provider);
    const look = async (signal: AbortSignal) => {
      if (!provider.find) throw new ProviderError("unavailable", `${route.provider} cannot look up submits`);
      const { images: inputs } = await outside.inputs;
      return provider.find({ ...image, inputs }, contextOf(outside, idempotencyKey, signal));
    };
    const answer = await withinLimit(limitMs, look, over);
    if (answer.status === "absent") return { type: "find-succeeded", part, call, answer };
    return { type: "find-succeeded", part, call, answer: taken(answer, effect, outside) };
  } catch (error) {
    return { type: "find-failed", part, call, failure: describeFailure(error, "unavailable") };
  }
}

async function poll(effect: Effect<"poll">, outside: Outside, over: AbortController): Promise<JobEvent> {
  const { part, call, route, operation, limitMs } = effect;
  try {
    const provider = configured(outside, route.provider);
    const ask = async (signal: AbortSignal) => {
      if (!provider.poll) throw new ProviderError("unavailable", `${route.provider} cannot be polled`);
      return provider.poll(operation, contextOf(outside, "", signal));
    };
    const answer = await withinLimit(limitMs, ask, over);
    switch (answer.status) {
      case "running":
        return {
          type: "poll-succeeded",
          part,
          call,
          answer: { ...answer, plan: outside.renders.planFor(route, outside.jobId) },
        };
      case "done":
        return { type: "poll-succeeded", part, call, answer: hold(answer.images, call, outside) };
      case "failed": {
        const failure = describeFailure(answer.error, "unavailable");
        return { type: "poll-succeeded", part, call, answer: { status: "failed", failure } };
      }
    }
  } catch (error) {
    return { type: "poll-failed", part, call, failure: describeFailure(error, "unavailable") };
  }
}

/** What a provider has made of a submit, as the job may know it. */
function taken(answer: Submitted, { call, route }: Effect<"submit" | "find">, outside: Outside) {
  if (answer.status === "done") return hold(answer.images, call, outside);
  return { ...answer, plan: outside.renders.planFor(route, outside.jobId) };
}

function hold(images: readonly ProviderImage[], call: number, { held }: Outside) {
  return { status: "done" as const, images: images.map((image) => held.hold(image, call)) };
}
