import { MIN_STEP_MS, nextPollAge, type PollPlan } from "../pace/poll-plan.ts";

/** A provider's own estimate is not trusted further than this, in milliseconds. */
const MAX_ETA_MS = 30_000;

/**
 * A provider that calls back is polled only in case its callback gets lost: once it is late by so much, in milliseconds,
 * then each time the operation has become so many times older, but within a time.
 */
const CALLBACK_PATIENCE = { graceMs: 1_000, growth: 2, mostMs: 120_000 };

interface PaceInput {
  now: number;
  submittedAt: number;
  plan: PollPlan;
  /** What the provider says is left, in milliseconds. */
  etaMs: number | undefined;
  /** The provider says of its own accord when it is done. */
  callsBack: boolean;
}

/**
 * When to poll a running operation next: when its provider says that it will be done, and else as the plan for its
 * model says; much later if the provider calls back.
 *
 * @returns milliseconds since the Unix epoch
 */
export function nextPollAt({ now, submittedAt, plan, etaMs, callsBack }: PaceInput): number {
  const age = now - submittedAt;
  const stepMs =
    etaMs === undefined ? nextPollAge(plan, age) - age : Math.min(MAX_ETA_MS, Math.max(MIN_STEP_MS, etaMs));
  return (
    now + Math.round(callsBack && !plan.unheard ? Math.max(stepMs, callbackPatienceMs(plan, age)) : stepMs)
  );
}

function callbackPatienceMs({ lateAge }: PollPlan, age: number): number {
  const { graceMs, growth, mostMs } = CALLBACK_PATIENCE;
  return Math.min(mostMs, Math.max(lateAge + graceMs, age * growth) - age);
}
