import { backoffMs } from "./backoff.ts";
import { BluehourError, NetworkError, RateLimitError, ServerError } from "./errors.ts";
import { sleep } from "./sleep.ts";
import { timeLimit } from "./time-limit.ts";

export interface RetryLimits {
  /** Milliseconds that one try may take before its connection counts as dead. Default: 30 seconds. */
  readonly tryTimeoutMs?: number;
  /** Tries in all. Default: 5. */
  readonly maxTries?: number;
  /** How far the tries have got, in any measure. One that got further than all before counts as the first. */
  readonly progress?: () => number;
}

/** A longer `Retry-After` is the caller's to wait for, in milliseconds. */
const MAX_RETRY_AFTER_MS = 60_000;

/**
 * Tries until an attempt succeeds, fails for good, or the tries are used up. An attempt must be safe to repeat.
 *
 * @param signal - aborted → no more tries, and its reason is thrown
 * @param attempt - gets a signal to pass on, and which try this is, from 1
 * @throws BluehourError of the last attempt, or the signal's reason
 */
export async function retry<T>(
  signal: AbortSignal,
  attempt: (signal: AbortSignal, tryNumber: number) => Promise<T>,
  { tryTimeoutMs = 30_000, maxTries = 5, progress = () => 0 }: RetryLimits = {},
): Promise<T> {
  let furthest = 0;
  for (let tryNumber = 1; ; tryNumber++) {
    signal.throwIfAborted();
    const limit = timeLimit(tryTimeoutMs, signal);
    try {
      return await attempt(limit.signal, tryNumber);
    } catch (error) {
      signal.throwIfAborted();
      const failure = limit.isOver()
        ? new NetworkError(`No answer within ${tryTimeoutMs / 1000} seconds`)
        : toBluehourError(error);
      if (progress() > furthest) {
        furthest = progress();
        tryNumber = 1;
      }
      const delayMs = retryDelayMs(failure, tryNumber);
      if (delayMs === undefined || tryNumber >= maxTries) throw failure;
      await sleep(delayMs, signal);
    } finally {
      limit.stop();
    }
  }
}

/** How long to wait before the next try; undefined when another try cannot help. */
function retryDelayMs(failure: BluehourError, tryNumber: number): number | undefined {
  const { status, code, retryAfterMs = 0 } = failure;
  const mayHelp =
    failure instanceof NetworkError ||
    failure instanceof RateLimitError ||
    (failure instanceof ServerError && code !== "not_configured" && status !== 501);
  if (!mayHelp || retryAfterMs > MAX_RETRY_AFTER_MS) return undefined;
  const jittered = backoffMs(tryNumber, 400, 8000);
  // The jitter comes on top, so that clients that were turned away together do not come back together.
  return retryAfterMs ? retryAfterMs + jittered / 2 : jittered;
}

function toBluehourError(error: unknown): BluehourError {
  if (error instanceof BluehourError) return error;
  if (error instanceof SyntaxError) {
    return new BluehourError("The answer is not JSON: is this a Bluehour Worker?", { cause: error });
  }
  return new NetworkError(`No usable answer: ${reasonOf(error)}`, { cause: error });
}

/** Node's `fetch` only says "fetch failed"; why is in the cause. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  if (!(cause instanceof Error)) return error.message;
  // An AggregateError (no address of a host could be reached) has a code but no message.
  return cause.message || ("code" in cause ? String(cause.code) : error.message);
}
