import { planFor } from "../pace/poll-plan.ts";
import { unseen } from "../pace/render-times.ts";
import { summarize } from "./describe-job.ts";
import type { JobEffect } from "./effect.ts";
import type { CallFailure, JobEvent } from "./event.ts";
import type { JobOrder } from "./order.ts";
import { type JobState, type Output, openJob } from "./state.ts";
import { testOrder } from "./test-order.ts";
import { transition } from "./transition.ts";
import { wakeTime } from "./wake-time.ts";

export const plan = planFor(unseen(4_000));

/** Leads a job by hand: says what happens, and sees what the job wants done. */
export class Lead {
  state: JobState;
  now: number;
  effects: JobEffect[] = [];
  /** What a process that dies leaves behind. */
  #written: JobState;

  constructor(order: Partial<JobOrder> & { imageCount?: number } = {}) {
    this.state = openJob(testOrder(order), 0);
    this.#written = this.state;
    this.now = 0;
    this.say({ type: "woke" });
  }

  say(event: JobEvent): this {
    const { state, effects } = transition(this.state, event, this.now);
    if (state.revision !== this.state.revision) this.#written = state;
    this.state = state;
    this.effects.push(...effects);
    return this;
  }

  /** The process dies, and with it what was not written and the calls in flight; another takes over. */
  crash(): this {
    this.effects.length = 0;
    this.state = this.#written;
    return this.say({ type: "restarted" });
  }

  /** Takes the oldest wanted effect of a type. */
  take<T extends JobEffect["type"]>(type: T): Extract<JobEffect, { type: T }> {
    const index = this.effects.findIndex((effect) => effect.type === type);
    if (index < 0) throw new Error(`No ${type} wanted, but ${this.effects.map((effect) => effect.type)}`);
    return this.effects.splice(index, 1)[0] as Extract<JobEffect, { type: T }>;
  }

  /** Waits for the next wake time. */
  wake(): this {
    this.now = Math.max(this.now, wakeTime(this.state));
    return this.say({ type: "woke" });
  }

  accept(): this {
    const { part, call } = this.take("submit");
    return this.say({
      type: "submit-succeeded",
      part,
      call,
      answer: { status: "running", operation: { id: part }, plan },
    });
  }

  /** Tells what a look-up has found. */
  find(status: "running" | "done" | "absent"): this {
    const { part, call } = this.take("find");
    const answers = {
      running: { status: "running" as const, operation: { id: part }, plan },
      done: { status: "done" as const, images: [{ kind: "url" as const, url: "https://x/0" }] },
      absent: { status: "absent" as const },
    };
    return this.say({ type: "find-succeeded", part, call, answer: answers[status] });
  }

  refuse(failure: CallFailure): this {
    const { part, call } = this.take("submit");
    return this.say({ type: "submit-failed", part, call, failure });
  }

  paint(count = 1): this {
    const { part, call } = this.take("poll");
    const images = Array.from({ length: count }, (_, index) => ({
      kind: "url" as const,
      url: `https://x/${index}`,
    }));
    return this.say({ type: "poll-succeeded", part, call, answer: { status: "done", images } });
  }

  store(): this {
    const { part, image, call } = this.take("store");
    return this.say({ type: "store-succeeded", part, image, call, output: output(image) });
  }

  settle(): this {
    const { duty, call } = this.take("settle");
    return this.say({ type: "duty-succeeded", duty, call });
  }

  get types() {
    return this.state.timeline.map((entry) => entry.type);
  }

  get summary() {
    return summarize(this.state);
  }

  /** Images that can be seen, in their order. */
  get outputs(): Output[] {
    return this.summary.images.flatMap((image) => image.output ?? []);
  }
}

export function output(index: number): Output {
  return {
    key: `job-${index + 1}.png`,
    contentType: "image/png",
    width: 8,
    height: 8,
    bytes: 99,
    sha256: "00",
  };
}

export const unavailable: CallFailure = { kind: "unavailable", reason: "503" };
export const unknown: CallFailure = { kind: "unknown_outcome", reason: "connection lost" };
