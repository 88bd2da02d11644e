import fc from "fast-check";
import { test } from "vitest";
import { planFor } from "../pace/poll-plan.ts";
import { unseen } from "../pace/render-times.ts";
import { summarize } from "./describe-job.ts";
import type { JobEffect } from "./effect.ts";
import type { CallFailure, JobEvent } from "./event.ts";
import { type JobState, openJob } from "./state.ts";
import { testOrder, testRoute } from "./test-order.ts";
import { transition } from "./transition.ts";
import { wakeTime } from "./wake-time.ts";

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
type Choice = typeof choiceArbitrary extends fc.Arbitrary<infer T> ? T : never;

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
function live(
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

const lives = fc.tuple(orderArbitrary, fc.array(choiceArbitrary, { maxLength: 120 }));
const runs = { numRuns: 400 };

function isAnnounce({ kind }: JobState["duties"][number]): boolean {
  return kind === "announce";
}

function fail(message: string): never {
  throw new Error(message);
}

test("what has ended absorbs everything: outcome, ended parts and stored images never change", () => {
  fc.assert(
    fc.property(lives, ([order, choices]) => {
      live(order, choices, (before, event, after) => {
        if (before.outcome && JSON.stringify(after.outcome) !== JSON.stringify(before.outcome))
          fail(event.type);
        before.parts.forEach((part, index) => {
          if (!["stored", "failed", "canceled"].includes(part.phase)) return;
          if (JSON.stringify(after.parts[index]) !== JSON.stringify(part))
            fail(`part ${index} by ${event.type}`);
        });
        if (before.deletedAt !== null && after.deletedAt !== before.deletedAt) fail("deleted twice");
      });
    }),
    runs,
  );
});

test("a repeated or a stale outcome changes nothing", () => {
  fc.assert(
    fc.property(lives, ([order, choices]) => {
      live(order, choices, (_, event, after) => {
        // These say that there is something to look at, each time anew.
        if (event.type === "woke" || event.type === "restarted" || event.type === "poked") return;
        if (transition(after, event, 1e12).state !== after) fail(`${event.type} twice`);
      });
    }),
    runs,
  );
});

test("whatever lives has a wake time", () => {
  fc.assert(
    fc.property(lives, ([order, choices]) => {
      live(order, choices, (_, event, after) => {
        if (!Number.isFinite(wakeTime(after))) fail(`asleep for ever after ${event.type}`);
      });
    }),
    runs,
  );
});

test("at most one submit of a part is in flight, and an unknown outcome is resubmitted blindly once at most", () => {
  fc.assert(
    fc.property(lives, ([order, choices]) => {
      const { inFlight, state } = live(order, choices, () => undefined);
      const submits = inFlight.filter((effect) => effect.type === "submit").map(({ part }) => part);
      if (new Set(submits).size !== submits.length) fail(`two submits in flight: ${submits}`);
      state.parts.forEach((_, index) => {
        const blind = state.timeline.filter((entry) => entry.type === "resubmitted" && entry.part === index);
        if (blind.length > 1) fail(`part ${index} was resubmitted ${blind.length} times`);
      });
    }),
    runs,
  );
});

test("refunds never exceed charges, and every image is either delivered or refunded", () => {
  fc.assert(
    fc.property(lives, ([order, choices]) => {
      live(order, choices, (_, __, after) => {
        const { creditsCharged, creditsRefunded, outputs, status } = summarize(after);
        if (creditsRefunded > creditsCharged) fail("refunded too much");
        if (status === "queued" || status === "rendering") return;
        const delivered = status === "complete" ? outputs.length * after.order.creditsPerImage : 0;
        if (creditsRefunded + delivered !== creditsCharged)
          fail(`${creditsRefunded} + ${delivered} of ${creditsCharged}`);
      });
    }),
    runs,
  );
});

test("events are told in order: the start before the end, one end, each until it is known to be told", () => {
  fc.assert(
    fc.property(lives, ([order, choices]) => {
      const { told, state } = live(order, choices, () => undefined);
      const events = told.flatMap((effect) => (effect.type === "announce" ? [effect.event] : []));
      const distinct = events.filter((event, index) => events.indexOf(event) === index);
      if (distinct.indexOf("image.started") > 0) fail(`${events}`);
      if (distinct.filter((event) => event !== "image.started").length > 1) fail(`${events}`);
      if (order.webhookUrl === null && events.length > 0) fail("nobody listens");
      const after = events.slice(events.findIndex((event) => event !== "image.started"));
      if (distinct.length === 2 && after.includes("image.started")) fail(`${events}`);
      if (state.outcome && order.webhookUrl && distinct.length === 0 && !state.duties.some(isAnnounce))
        fail("an end that nobody hears of");
    }),
    runs,
  );
});

test("every image of the order belongs to exactly one part", () => {
  fc.assert(
    fc.property(lives, ([order, choices]) => {
      live(order, choices, (_, event, after) => {
        const indices = after.parts
          .flatMap((part) => part.images.map(({ index }) => index))
          .sort((a, b) => a - b);
        if (indices.some((index, position) => index !== position)) fail(`${indices} after ${event.type}`);
        if (indices.length !== order.image.imageCount) fail(`${indices} after ${event.type}`);
      });
    }),
    runs,
  );
});

test("left alone with working providers, every life ends, settles and is erased", () => {
  fc.assert(
    fc.property(lives, ([order, choices]) => {
      const calm = Array.from({ length: 400 }, (_, index): Choice => {
        const move = index % 4 === 3 ? "wake" : "answer";
        return { move, which: index, good: 3, failure: { kind: "unavailable", reason: "r" } };
      });
      const { state, erased } = live(order, [...choices, ...calm], () => undefined);
      if (!erased)
        fail(
          `still ${JSON.stringify(state.parts.map(({ phase }) => phase))} ${JSON.stringify(state.duties)}`,
        );
    }),
    runs,
  );
});
