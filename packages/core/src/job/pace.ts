import { MIN_STEP_MS, nextPollAge, type PollPlan } from "../pace/poll-plan.ts";

/** A provider's own estimate is not trusted further than this, in milliseconds. */
const MAX_ETA_MS = 30_000;

/** A provider that calls back is polled only in case its callback gets lost: so many times later than planned. */
const CALLBACK_PATIENCE = { factor: 4, leastMs: 10_000 };

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
  const { factor, leastMs } = CALLBACK_PATIENCE;
  return now + Math.round(callsBack ? Math.max(leastMs, factor * stepMs) : stepMs);
}
