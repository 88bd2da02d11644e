/** Polls are never closer than this, in milliseconds. */
const MIN_STEP_MS = 200;
const MAX_STEP_MS = 5_000;

export interface PaceInput {
  now: number;
  submittedAt: number;
  /** Median time the model takes, in milliseconds. */
  typicalMs: number;
  /** What the provider says is left, in milliseconds. */
  etaMs: number | undefined;
}

/**
 * When to poll a running operation next. A provider's own estimate is believed; without one the first poll comes
 * at a quarter of the typical time and the steps grow with the time already waited, so that the lag stays a
 * fixed fraction of it however slow the model turns out to be.
 *
 * @returns milliseconds since the Unix epoch
 */
export function nextPollAt({ now, submittedAt, typicalMs, etaMs }: PaceInput): number {
  const elapsedMs = now - submittedAt;
  const stepMs = etaMs ?? (elapsedMs > 0 ? elapsedMs / 4 : Math.min(typicalMs / 4, 1_000));
  return now + Math.min(MAX_STEP_MS, Math.max(MIN_STEP_MS, Math.round(stepMs)));
}
