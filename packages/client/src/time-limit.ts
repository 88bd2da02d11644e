import type { Platform } from "./platform.ts";

export interface TimeLimit {
  /** Aborts with the signal it was made from, and when time is up. */
  readonly signal: AbortSignal;
  /** Whether time is up. */
  readonly over: boolean;
  /** Begins anew. */
  start(ms: number): void;
  stop(): void;
}

/**
 * A time limit on top of a signal. Unlike `AbortSignal.timeout` it can be put off, and is kept by the platform's clock.
 *
 * @param ms - `undefined` never ends
 */
export function timeLimit(platform: Platform, ms?: number, signal?: AbortSignal): TimeLimit {
  const over = new AbortController();
  let timer = new AbortController();
  const start = (limitMs: number) => {
    timer.abort();
    timer = new AbortController();
    platform.sleep(limitMs, timer.signal).then(
      () => over.abort(),
      () => {},
    );
  };
  if (ms !== undefined) start(ms);
  return {
    signal: signal ? AbortSignal.any([signal, over.signal]) : over.signal,
    get over() {
      return over.signal.aborted;
    },
    start,
    stop: () => timer.abort(),
  };
}
