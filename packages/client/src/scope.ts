import { AbortError, BluehourError, TimeoutError } from "./errors.ts";
import type { Platform } from "./platform.ts";
import { timeLimit } from "./time-limit.ts";

export interface ScopeOptions {
  /** Ends the call at once. */
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds the whole call may take, whatever number of requests it makes. Default: no limit. */
  readonly timeoutMs?: number | undefined;
}

/** One call of the caller's, whatever number of requests it takes. */
export interface Scope {
  /** Aborts with the caller's signal, and when the time is up. */
  readonly signal: AbortSignal;
  /** The job at work, once there is one: goes onto every error. */
  jobId: string | undefined;
  /** The key of a create: goes onto every error. */
  idempotencyKey: string | undefined;
  /** What to do upstream when the caller aborts; true if the job is canceled. Must not reject. */
  cancelUpstream: (() => Promise<boolean>) | undefined;
  /** The error to throw for what went wrong: complete, with the job and the key. */
  explain(error: unknown): unknown;
  close(): void;
}

/** Opens a call under the caller's signal and timeout. Close it when the call is over. */
export function openScope(platform: Platform, { signal, timeoutMs }: ScopeOptions, jobId?: string): Scope {
  const limit = timeLimit(platform, timeoutMs, signal);
  return {
    signal: limit.signal,
    jobId,
    idempotencyKey: undefined,
    cancelUpstream: undefined,
    close: limit.stop,
    explain(error) {
      const details = { jobId: this.jobId, idempotencyKey: this.idempotencyKey };
      if (limit.over) {
        const advice = this.jobId ? `; resume("${this.jobId}") goes on` : "";
        return new TimeoutError(`Not done within ${timeoutMs} ms${advice}`, { ...details, cause: error });
      }
      if (signal?.aborted) {
        const cancellation = this.cancelUpstream?.();
        return new AbortError("The call was aborted", { ...details, cause: signal.reason, cancellation });
      }
      if (error instanceof BluehourError) {
        error.jobId ??= details.jobId;
        error.idempotencyKey ??= details.idempotencyKey;
      }
      return error;
    },
  };
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
  jobId?: string,
): Promise<T> {
  const scope = openScope(platform, options, jobId);
  try {
    scope.signal.throwIfAborted();
    return await run(scope);
  } catch (error) {
    throw scope.explain(error);
  } finally {
    scope.close();
  }
}
