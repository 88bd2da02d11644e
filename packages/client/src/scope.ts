import { AbortError, BluehourError, TimeoutError } from "./errors.ts";
import type { Platform } from "./platform.ts";

export interface ScopeOptions {
  /** Ends the call at once. */
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds the whole call may take. */
  readonly timeoutMs?: number | undefined;
}

/** One call of the caller's, whatever number of requests it takes. */
export interface Scope {
  /** Aborts with the caller's signal, and when the time is up. */
  readonly signal: AbortSignal;
  /** Milliseconds left; `Infinity` without a timeout. */
  remainingMs(): number;
  /** The job at work, once there is one: goes onto every error. */
  jobId: string | undefined;
  /** The key of a create: goes onto every error. */
  idempotencyKey: string | undefined;
  /** What to do upstream when the caller aborts; true if the job is canceled. Must not reject. */
  cancelUpstream: (() => Promise<boolean>) | undefined;
}

/**
 * Runs a call under the caller's signal and timeout, and makes its errors complete.
 *
 * @throws AbortError, TimeoutError, and whatever `run` throws
 */
export async function inScope<T>(
  platform: Platform,
  options: ScopeOptions,
  run: (scope: Scope) => Promise<T>,
): Promise<T> {
  const { timeoutMs } = options;
  const timeout = new AbortController();
  const timer = new AbortController();
  const endsAt = timeoutMs === undefined ? Number.POSITIVE_INFINITY : platform.now() + timeoutMs;
  if (timeoutMs !== undefined) {
    platform.sleep(timeoutMs, timer.signal).then(
      () => timeout.abort(),
      () => {},
    );
  }
  const scope: Scope = {
    signal: options.signal ? AbortSignal.any([options.signal, timeout.signal]) : timeout.signal,
    remainingMs: () => Math.max(0, endsAt - platform.now()),
    jobId: undefined,
    idempotencyKey: undefined,
    cancelUpstream: undefined,
  };
  try {
    scope.signal.throwIfAborted();
    return await run(scope);
  } catch (error) {
    const { jobId, idempotencyKey } = scope;
    if (timeout.signal.aborted) {
      const advice = jobId ? `; it goes on, and checkResult({ id: "${jobId}" }) picks it up` : "";
      throw new TimeoutError(`The job did not finish within ${timeoutMs} ms${advice}`, {
        jobId,
        idempotencyKey,
        cause: error,
      });
    }
    if (options.signal?.aborted) {
      throw new AbortError("The call was aborted", {
        jobId,
        idempotencyKey,
        cause: options.signal.reason,
        cancellation: scope.cancelUpstream?.() ?? Promise.resolve(false),
      });
    }
    if (error instanceof BluehourError) {
      error.jobId ??= jobId;
      error.idempotencyKey ??= idempotencyKey;
    }
    throw error;
  } finally {
    timer.abort();
  }
}
