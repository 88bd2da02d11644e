import fc from "fast-check";
import { expect, test } from "vitest";
import { planFor } from "../pace/poll-plan.ts";
import { unseen } from "../pace/render-times.ts";
import { summarize } from "./describe-job.ts";
import type { JobEffect } from "./effect.ts";
import type { JobEvent } from "./event.ts";
import { type JobState, openJob } from "./state.ts";
import { testOrder, testRoute } from "./test-order.ts";
import { transition } from "./transition.ts";
import { wakeTime } from "./wake-time.ts";

/*
 * A provider that does all it is asked to, behind a network that loses requests and answers, and a process that dies
 * at any moment. What the provider was paid for is held against what the job admits.
 */

const plan = planFor(unseen(4_000));
const LOST = { kind: "unknown_outcome", reason: "lost" } as const;
const REFUSED = { kind: "unavailable", reason: "503" } as const;

/** How the network treats one call, and whether the process dies with it. */
const fateArbitrary = fc.record({
  network: fc.oneof(
    { weight: 6, arbitrary: fc.constant("fine" as const) },
    { weight: 2, arbitrary: fc.constant("answer-lost" as const) },
    { weight: 1, arbitrary: fc.constantFrom("request-lost" as const, "refused" as const) },
  ),
  crash: fc.oneof({ weight: 9, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
  poke: fc.boolean(),
});
type Fate = typeof fateArbitrary extends fc.Arbitrary<infer T> ? T : never;

const routeArbitrary = fc.record({
  idempotent: fc.boolean(),
  findable: fc.boolean(),
  callsBack: fc.boolean(),
  maxImagesPerCall: fc.integer({ min: 1, max: 2 }),
});
const orderArbitrary = fc
  .record({
    imageCount: fc.integer({ min: 1, max: 3 }),
    seed: fc.integer(),
    unknownSubmission: fc.constantFrom("resubmit" as const, "fail" as const),
    route: routeArbitrary,
  })
  .map(({ route, ...order }) => testOrder({ ...order, deadlineAt: 1e12, routes: [testRoute(route)] }));

/** Every generation that was begun, and so paid for, by the part it was for. */
class Provider {
  readonly #dedupes: boolean;
  readonly #keys = new Set<string>();
  readonly paid = new Map<number, number>();

  constructor(dedupes: boolean) {
    this.#dedupes = dedupes;
  }

  submit(part: number, key: string): void {
    if (this.#dedupes && this.#keys.has(key)) return;
    this.#keys.add(key);
    this.paid.set(part, (this.paid.get(part) ?? 0) + 1);
  }

  knows(key: string): boolean {
    return this.#keys.has(key);
  }
}

function callProvider(provider: Provider, effect: JobEffect, { network }: Fate): JobEvent | null {
  const arrives = network === "fine" || network === "answer-lost";
  switch (effect.type) {
    case "submit": {
      const { part, call, idempotencyKey } = effect;
      if (arrives) provider.submit(part, idempotencyKey);
      if (network === "refused") return { type: "submit-failed", part, call, failure: REFUSED };
      if (network !== "fine") return { type: "submit-failed", part, call, failure: LOST };
      const answer = { status: "running" as const, operation: idempotencyKey, plan };
      return { type: "submit-succeeded", part, call, answer };
    }
    case "find": {
      const { part, call, idempotencyKey } = effect;
      if (network !== "fine") return { type: "find-failed", part, call, failure: REFUSED };
      const answer = provider.knows(idempotencyKey)
        ? { status: "running" as const, operation: idempotencyKey, plan }
        : { status: "absent" as const };
      return { type: "find-succeeded", part, call, answer };
    }
    case "poll": {
      const { part, call } = effect;
      if (network !== "fine") return { type: "poll-failed", part, call, failure: REFUSED };
      const images = [0, 1].map((index) => ({ kind: "url" as const, url: `https://x/${index}` }));
      return { type: "poll-succeeded", part, call, answer: { status: "done", images } };
    }
    case "store": {
      const { part, image, call } = effect;
      const output = { key: `${image}`, contentType: "image/png", width: 1, height: 1, bytes: 1, sha256: "" };
      return { type: "store-succeeded", part, image, call, output };
    }
    case "observe-render":
      return null;
    default:
      return { type: "duty-succeeded", duty: effect.duty, call: effect.call };
  }
}

/** Lives a job to its end. A process that dies takes with it what was not written, and the answers on their way. */
function live(order: ReturnType<typeof testOrder>, fates: readonly Fate[]) {
  const route = order.routes[0];
  const provider = new Provider(route?.idempotent ?? false);
  let state: JobState = openJob(order, 0);
  let written = state;
  let wanted: JobEffect[] = [];
  let now = 0;
  const say = (event: JobEvent) => {
    const next = transition(state, event, now);
    if (next.state.revision !== state.revision) written = next.state;
    state = next.state;
    wanted.push(...next.effects);
  };
  say({ type: "woke" });
  for (let turn = 0; turn < 400 && !state.outcome; turn++) {
    const fate = fates[turn] ?? { network: "fine", crash: false, poke: false };
    const effect = wanted.shift();
    if (fate.poke) say({ type: "poked", part: 0 });
    const answer = effect ? callProvider(provider, effect, fate) : null;
    if (fate.crash) {
      wanted = [];
      state = written;
      say({ type: "restarted" });
    } else if (answer) say(answer);
    if (wanted.length === 0 && !state.outcome) {
      now = Math.max(now, wakeTime(state));
      say({ type: "woke" });
    }
  }
  return { state, provider };
}

const lives = fc.tuple(orderArbitrary, fc.array(fateArbitrary, { maxLength: 60 }));

test("no part is paid more than once without the timeline saying that it may have been", () => {
  fc.assert(
    fc.property(lives, ([order, fates]) => {
      const { state, provider } = live(order, fates);
      for (const [part, paid] of provider.paid) {
        const admitted = state.timeline.filter(
          (entry) => entry.type === "resubmitted" && entry.part === part,
        );
        if (paid > 1 + admitted.length) throw new Error(`part ${part} was paid ${paid} times`);
      }
    }),
    { numRuns: 1_500 },
  );
});

test("under UNKNOWN_SUBMISSION=fail no part is ever paid twice", () => {
  fc.assert(
    fc.property(lives, ([order, fates]) => {
      const { provider } = live({ ...order, unknownSubmission: "fail" }, fates);
      expect(Math.max(0, ...provider.paid.values())).toBeLessThanOrEqual(1);
    }),
    { numRuns: 1_500 },
  );
});

test("every job ends, with all its images or with the reason and the refund", () => {
  fc.assert(
    fc.property(lives, ([order, fates]) => {
      const summary = summarize(live(order, fates).state);
      const missing = summary.images.filter(({ output }) => output === null).length;
      expect(["complete", "error"]).toContain(summary.status);
      expect(summary.creditsRefunded).toBe(missing * order.creditsPerImage);
    }),
    { numRuns: 1_500 },
  );
});
