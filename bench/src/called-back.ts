import {
  type JobEvent,
  type JobOrder,
  openJob,
  type RenderMemory,
  type Route,
  transition,
  wakeTime,
} from "@bluehour/core";
import type { Followed } from "./paces.ts";
import { TYPICAL_MS } from "./paces.ts";

const ROUTE: Route = {
  provider: "bench",
  model: "bench",
  maxImagesPerCall: 1,
  typicalMs: TYPICAL_MS,
  idempotent: true,
  findable: false,
  callsBack: true,
  pollable: true,
  cancelable: false,
};

const ORDER: JobOrder = {
  id: "bench",
  accountId: "bench",
  createdBy: null,
  type: "AI_IMAGE",
  name: "bench",
  model: "bench",
  image: {
    prompt: "a lighthouse",
    tool: "general",
    qualityMode: "standard",
    aspectRatio: "1:1",
    resolution: "auto",
    imageCount: 1,
    inputs: [],
  },
  routes: [ROUTE],
  creditsPerImage: 1,
  seed: 1,
  createdAt: 0,
  deadlineAt: 3_600_000,
  retentionMs: 1,
  unknownSubmission: "resubmit",
  webhooks: [],
  webhookUrl: null,
  imagesUrl: "https://images.example.com",
};

/**
 * Leads one job of a provider that calls back through the real job machine, in simulated time.
 *
 * @param lost - whether the callback gets lost
 */
export function followCalledBack(memory: RenderMemory, renderMs: number, lost: boolean): Followed {
  let state = openJob(ORDER, 0);
  let [now, polls, doneAt] = [0, 0, Number.NaN];
  const say = (event: JobEvent) => {
    const { state: after, effects } = transition(state, event, now);
    state = after;
    for (const effect of effects) {
      const plan = memory.planFor(ROUTE, ORDER.id);
      if (effect.type === "submit") {
        const { part, call } = effect;
        say({
          type: "submit-succeeded",
          part,
          call,
          answer: { status: "running", operation: "bench", plan },
        });
      } else if (effect.type === "poll") {
        const { part, call } = effect;
        polls += 1;
        const images = [{ kind: "url" as const, url: "https://bench.invalid/1" }];
        const answer =
          now < renderMs ? { status: "running" as const, plan } : { status: "done" as const, images };
        if (answer.status === "done") doneAt = now;
        say({ type: "poll-succeeded", part, call, answer });
      } else if (effect.type === "observe-render") {
        memory.observe(ROUTE, ORDER.id, effect.afterMs, effect.byMs, effect.silent);
      }
    }
  };
  say({ type: "woke" });
  let called = lost;
  while (Number.isNaN(doneAt)) {
    const wakeAt = wakeTime(state);
    const calling = !called && renderMs <= wakeAt;
    now = calling ? renderMs : Math.max(now, wakeAt);
    if (calling) called = true;
    say(calling ? { type: "poked", part: 0 } : { type: "woke" });
  }
  return { polls, lagMs: doneAt - renderMs, ageMs: doneAt };
}
