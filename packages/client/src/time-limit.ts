/** Timers go no further, about 25 days; they take what is longer for nothing at all. */
const LONGEST_MS = 2 ** 31 - 1;

export interface TimeLimit {
  /** Aborts with the signal it was made from, and when time is up. */
  readonly signal: AbortSignal;
  /** Whether time is up. */
  isOver(): boolean;
  /** Begins anew. */
  start(ms: number): void;
  stop(): void;
}

/**
 * A time limit on top of a signal. Unlike `AbortSignal.timeout` it can be put off, and stopped.
 *
 * @param ms - `undefined`, or more than 25 days, never ends
 */
export function timeLimit(ms?: number, signal?: AbortSignal): TimeLimit {
  const over = new AbortController();
  let timer: ReturnType<typeof setTimeout>;
  const stop = () => clearTimeout(timer);
  const start = (limitMs: number) => {
    stop();
    if (limitMs <= LONGEST_MS) timer = setTimeout(() => over.abort(), limitMs);
  };
  if (ms !== undefined) start(ms);
  return {
    signal: signal ? AbortSignal.any([signal, over.signal]) : over.signal,
    isOver: () => over.signal.aborted,
    start,
    stop,
  };
}
