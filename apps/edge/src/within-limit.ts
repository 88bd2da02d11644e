/**
 * Works under a time limit. When it has passed, or somebody aborts, the wait ends, even if the work does not listen.
 *
 * Not `AbortSignal.timeout`: nothing can clear its timer, and an object with a timer is kept in memory and billed until
 * it fires, instead of sleeping until its next alarm.
 *
 * @param over - ends the wait; the limit aborts it too
 * @throws the signal's reason, a `TimeoutError` when the limit has passed
 */
export async function withinLimit<T>(
  limitMs: number,
  work: (signal: AbortSignal) => Promise<T>,
  over = new AbortController(),
): Promise<T> {
  const timer = setTimeout(() => {
    over.abort(new DOMException(`Took longer than ${limitMs} ms`, "TimeoutError"));
  }, limitMs);
  const { signal } = over;
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
