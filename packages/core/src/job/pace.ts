import { MIN_STEP_MS, nextPollAge, type PollPlan } from "../pace/poll-plan.ts";

/** A provider's own estimate is not trusted further than this, in milliseconds. */
const MAX_ETA_MS = 30_000;

interface PaceInput {
  now: number;
  submittedAt: number;
  plan: PollPlan;
  /** What the provider says is left, in milliseconds. */
  etaMs: number | undefined;
}

/**
 * When to poll a running operation next: when its provider says that it will be done, and else as the plan for its
 * model says.
 *
 * @returns milliseconds since the Unix epoch
 */
export function nextPollAt({ now, submittedAt, plan, etaMs }: PaceInput): number {
  if (etaMs !== undefined) return now + Math.min(MAX_ETA_MS, Math.max(MIN_STEP_MS, Math.round(etaMs)));
  return submittedAt + Math.round(nextPollAge(plan, now - submittedAt));
}
