/**
 * Works under a time limit. When it has passed, or `aborted` has, the wait ends, even if the work does not listen.
 *
 * Not `AbortSignal.timeout`: nothing can clear its timer, and an object with a timer is kept in memory and billed until
 * it fires, instead of sleeping until its next alarm.
 *
 * @throws the signal's reason, a `TimeoutError` when the limit has passed
 */
export async function withinLimit<T>(
  limitMs: number,
  work: (signal: AbortSignal) => Promise<T>,
  aborted?: AbortSignal,
): Promise<T> {
  const over = new AbortController();
  const timer = setTimeout(() => {
    over.abort(new DOMException(`Took longer than ${limitMs} ms`, "TimeoutError"));
  }, limitMs);
  const signal = aborted ? AbortSignal.any([over.signal, aborted]) : over.signal;
  const { promise: end, reject } = Promise.withResolvers<never>();
  const onAbort = () => reject(signal.reason);
  signal.addEventListener("abort", onAbort);
  try {
    signal.throwIfAborted();
    return await Promise.race([work(signal), end]);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", onAbort);
  }
}
