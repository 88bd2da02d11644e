import { backoffMs } from "./backoff.ts";
import { BluehourError, NetworkError, RateLimitError, ServerError } from "./errors.ts";
import type { Platform } from "./platform.ts";
import { timeLimit } from "./time-limit.ts";

export interface RetryOptions {
  /** Aborted → no more tries, and its reason is thrown. */
  readonly signal: AbortSignal;
  /** Milliseconds that one try may take before its connection counts as dead. */
  readonly tryTimeoutMs: number;
  /** Tries in all. */
  readonly maxTries: number;
}

/** A longer `Retry-After` is the caller's to wait for, in milliseconds. */
const MAX_RETRY_AFTER_MS = 60_000;

/**
 * Tries until an attempt succeeds, fails for good, or the tries are used up. An attempt must be safe to repeat.
 *
 * @param attempt - gets a signal to pass on, and which try this is, from 1
 * @throws BluehourError of the last attempt, or the signal's reason
 */
export async function retry<T>(
  platform: Platform,
  { signal, tryTimeoutMs, maxTries }: RetryOptions,
  attempt: (signal: AbortSignal, tryNumber: number) => Promise<T>,
): Promise<T> {
  for (let tryNumber = 1; ; tryNumber++) {
    signal.throwIfAborted();
    const limit = timeLimit(platform, tryTimeoutMs, signal);
    try {
      return await attempt(limit.signal, tryNumber);
    } catch (error) {
      signal.throwIfAborted();
      const failure = limit.over
        ? new NetworkError(`No answer within ${tryTimeoutMs / 1000} seconds`)
        : toBluehourError(error);
      const delayMs = retryDelayMs(failure, tryNumber, platform);
      if (delayMs === null || tryNumber >= maxTries) throw failure;
      await platform.sleep(delayMs, signal);
    } finally {
      limit.stop();
    }
  }
}

/** How long to wait before the next try; null when another try cannot help. */
function retryDelayMs(failure: BluehourError, tryNumber: number, platform: Platform): number | null {
  const jittered = backoffMs(tryNumber, { firstMs: 400, maxMs: 8000 }, platform);
  if (failure instanceof NetworkError) return jittered;
  if (!(failure instanceof ServerError || failure instanceof RateLimitError)) return null;
  if (failure.code === "not_configured" || failure.status === 501) return null;
  if (failure.retryAfterMs === undefined) return jittered;
  // The jitter comes on top, so that clients that were turned away together do not come back together.
  return failure.retryAfterMs > MAX_RETRY_AFTER_MS ? null : failure.retryAfterMs + jittered / 2;
}

function toBluehourError(error: unknown): BluehourError {
  if (error instanceof BluehourError) return error;
  if (error instanceof SyntaxError) {
    return new BluehourError("The answer is not JSON: is this a Bluehour Worker?", {
      cause: error,
    });
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
