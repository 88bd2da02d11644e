import { AbortError, BluehourError, TimeoutError } from "./errors.ts";
import { timeLimit } from "./time-limit.ts";

/** What every call takes. */
export interface ScopeOptions {
  /** Ends the call at once, with an AbortError. */
  readonly signal?: AbortSignal | undefined;
  /**
   * Milliseconds the whole call may take, whatever number of requests it makes, before a TimeoutError. Default, and past
   * 25 days: no limit.
   */
  readonly timeoutMs?: number | undefined;
}

/** One call of the caller's, whatever number of requests it takes. */
export interface Scope {
  /** Aborts with the caller's signal, and when the time is up. */
  readonly signal: AbortSignal;
  /** The job at work, once there is one: goes onto every error. */
  jobId?: string | undefined;
  /** The key of a create: goes onto every error. */
  idempotencyKey?: string;
  /** What to do upstream when the caller aborts; true if the job is canceled. Must not reject. */
  cancelUpstream: () => Promise<boolean>;
  /** The error to throw for what went wrong: complete, with the job and the key. */
  explain(error: unknown): unknown;
  close(): void;
}

/** Opens a call under the caller's signal and timeout. Close it when the call is over. */
export function openScope({ signal, timeoutMs }: ScopeOptions, id?: string): Scope {
  const limit = timeLimit(timeoutMs, signal);
  const scope: Scope = {
    signal: limit.signal,
    jobId: id,
    cancelUpstream: async () => false,
    close: limit.stop,
    explain(error) {
      const { jobId, idempotencyKey } = scope;
      const details = { jobId, idempotencyKey };
      if (limit.isOver()) {
        const advice = jobId ? `; resume("${jobId}") goes on` : "";
        return new TimeoutError(`Not done within ${timeoutMs} ms${advice}`, { ...details, cause: error });
      }
      if (signal?.aborted) {
        const cancellation = scope.cancelUpstream();
        return new AbortError("The call was aborted", { ...details, cause: signal.reason, cancellation });
      }
      if (error instanceof BluehourError) {
        error.jobId ??= jobId;
        error.idempotencyKey ??= idempotencyKey;
      }
      return error;
    },
  };
  return scope;
}

/**
 * Runs a call under the caller's signal and timeout, and makes its errors complete.
 *
 * @throws AbortError, TimeoutError, and whatever `run` throws
 */
export async function inScope<T>(
  options: ScopeOptions = {},
  run: (scope: Scope) => Promise<T>,
  jobId?: string,
): Promise<T> {
  const scope = openScope(options, jobId);
  try {
    scope.signal.throwIfAborted();
    return await run(scope);
  } catch (error) {
    throw scope.explain(error);
  } finally {
    scope.close();
  }
}
