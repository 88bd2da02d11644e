import fc from "fast-check";
import type { JobEffect } from "../src/job/effect.ts";
import type { CallFailure, JobEvent } from "../src/job/event.ts";
import { type JobState, openJob } from "../src/job/state.ts";
import { testOrder, testRoute } from "../src/job/test-order.ts";
import { transition } from "../src/job/transition.ts";
import { wakeTime } from "../src/job/wake-time.ts";
import { planFor } from "../src/pace/poll-plan.ts";
import { unseen } from "../src/pace/render-times.ts";

const plan = planFor(unseen(4_000));

/** Random lives of jobs: any order of answers, failures, crashes, cancels and waits. */
const failureArbitrary: fc.Arbitrary<CallFailure> = fc.record({
  kind: fc.constantFrom("rejected", "throttled", "unavailable", "unauthorized", "unknown_outcome"),
  reason: fc.constant("r"),
});
const choiceArbitrary = fc.record({
  move: fc.oneof(
    { weight: 12, arbitrary: fc.constant("answer" as const) },
    { weight: 6, arbitrary: fc.constant("wake" as const) },
    { weight: 1, arbitrary: fc.constantFrom("crash" as const, "cancel" as const, "delete" as const) },
    { weight: 1, arbitrary: fc.constantFrom("repeat" as const, "stale" as const, "late" as const) },
    { weight: 1, arbitrary: fc.constant("poke" as const) },
  ),
  which: fc.nat(50),
  good: fc.integer({ min: 0, max: 9 }),
  failure: failureArbitrary,
});
export type Choice = typeof choiceArbitrary extends fc.Arbitrary<infer T> ? T : never;

const routeArbitrary = fc.record({
  maxImagesPerCall: fc.integer({ min: 1, max: 4 }),
  idempotent: fc.boolean(),
  findable: fc.boolean(),
  callsBack: fc.boolean(),
  pollable: fc.boolean(),
  cancelable: fc.boolean(),
});
const orderArbitrary = fc
  .record({
    imageCount: fc.integer({ min: 1, max: 6 }),
    seed: fc.integer(),
    unknownSubmission: fc.constantFrom("resubmit" as const, "fail" as const),
    webhookUrl: fc.constantFrom(null, "https://hooks.example"),
    routes: fc.array(routeArbitrary, { minLength: 1, maxLength: 3 }),
  })
  .map(({ routes, ...order }) => testOrder({ ...order, routes: routes.map((route) => testRoute(route)) }));

function answer(effect: JobEffect, { good, failure }: Choice): JobEvent {
  const fine = good < 6;
  const images = [{ kind: "url" as const, url: "https://x" }];
  switch (effect.type) {
    case "submit": {
      const { part, call } = effect;
      if (!fine) return { type: "submit-failed", part, call, failure };
      if (!effect.route.pollable) {
        const held = Array.from({ length: effect.image.count }, (_, token) => ({
          kind: "held" as const,
          token: `${token}`,
        }));
        return { type: "submit-succeeded", part, call, answer: { status: "done", images: held } };
      }
      return { type: "submit-succeeded", part, call, answer: { status: "running", operation: call, plan } };
    }
    case "find": {
      const { part, call } = effect;
      if (!fine) return { type: "find-failed", part, call, failure };
      if (good < 2) return { type: "find-succeeded", part, call, answer: { status: "absent" } };
      if (good < 4) return { type: "find-succeeded", part, call, answer: { status: "done", images } };
      return { type: "find-succeeded", part, call, answer: { status: "running", operation: call, plan } };
    }
    case "poll": {
      const { part, call } = effect;
      if (good === 9) return { type: "poll-succeeded", part, call, answer: { status: "failed", failure } };
      if (!fine) return { type: "poll-failed", part, call, failure };
      if (good < 2)
        return { type: "poll-succeeded", part, call, answer: { status: "running", progress: 0.5, plan } };
      return { type: "poll-succeeded", part, call, answer: { status: "done", images } };
    }
    case "store": {
      const { part, image, call } = effect;
      if (!fine) return { type: "store-failed", part, image, call, reason: "short" };
      const output = {
        key: `${image}`,
        contentType: "image/png",
        width: 1,
        height: 1,
        bytes: 1,
        sha256: "0",
      };
      return { type: "store-succeeded", part, image, call, output };
    }
    case "observe-render":
      throw new Error("Nobody answers an observation");
    default: {
      const { duty, call } = effect;
      return fine ? { type: "duty-succeeded", duty, call } : { type: "duty-failed", duty, call, reason: "r" };
    }
  }
}

/** Lives a job through the choices, checking at each step; forgets what was not written whenever it crashes. */
export function live(
  order: ReturnType<typeof testOrder>,
  choices: Choice[],
  check: (before: JobState, event: JobEvent, after: JobState) => void,
) {
  let state = openJob(order, 0);
  let written = state;
  let inFlight: JobEffect[] = [];
  let past: JobEvent[] = [];
  let now = 0;
  let erased = false;
  const told: JobEffect[] = [];
  const say = (event: JobEvent) => {
    const next = transition(state, event, now);
    check(state, event, next.state);
    if (next.state.revision !== state.revision) written = next.state;
    state = next.state;
    inFlight.push(...next.effects.filter(({ type }) => type !== "observe-render"));
    told.push(...next.effects.filter(({ type }) => type === "announce"));
    past.push(event);
  };
  say({ type: "woke" });
  for (const choice of choices) {
    if (erased) break;
    const pick = inFlight[choice.which % Math.max(1, inFlight.length)];
    if (choice.move === "answer" && pick) {
      inFlight = inFlight.filter((effect) => effect !== pick);
      if (pick.type === "erase" && choice.good < 6) erased = true;
      else say(answer(pick, choice));
    } else if (choice.move === "crash") {
      inFlight = [];
      past = past.slice(-1);
      state = written;
      say({ type: "restarted" });
    } else if (choice.move === "cancel" || choice.move === "delete")
      say({ type: `${choice.move}-requested` });
    else if (choice.move === "repeat" && past.length > 0) {
      const event = past[choice.which % past.length];
      if (event && event.type !== "restarted") say(event);
    } else if (choice.move === "stale")
      say({
        type: "submit-succeeded",
        part: choice.which % 3,
        call: -1,
        answer: { status: "running", operation: 0, plan },
      });
    else if (choice.move === "poke") say({ type: "poked", part: choice.which % 3 });
    else if (choice.move === "late") {
      now += 700_000;
      say({ type: "woke" });
    } else {
      now = Math.max(now, wakeTime(state));
      say({ type: "woke" });
    }
  }
  return { state, inFlight, erased, told };
}

/** An order, and what becomes of it. */
export const lives = fc.tuple(orderArbitrary, fc.array(choiceArbitrary, { maxLength: 120 }));
export const runs = { numRuns: 400 };

/** Says what a life was not to come to. */
export function fail(message: string): never {
  throw new Error(message);
}
