import type { ApiErrorCode, Issue, Project } from "@bluehour/contract";
import type { SavedOutputs } from "./save-outputs.ts";

/** What is known about a failure, as far as it is known. */
export interface ErrorDetails {
  /** HTTP status of the answer; undefined if there was none. */
  status?: number | undefined;
  /** The server's error code; servers may run ahead of this client. */
  code?: ApiErrorCode | (string & {}) | undefined;
  /** The answer's `X-Request-Id`, to find the request in the server's logs. */
  requestId?: string | undefined;
  /** The job, if it was created: `resume(error.jobId)` picks it up again. */
  jobId?: string | undefined;
  /** The key a create was sent with: sending it again cannot create and charge twice. */
  idempotencyKey?: string | undefined;
  /** Milliseconds the server asked to wait, by `Retry-After`; undefined if it did not. */
  retryAfterMs?: number | undefined;
  /** What lies behind it: the failure of `fetch`, the reason of an abort. */
  cause?: unknown;
}

/**
 * What every error of this client is. What your own code throws in a call, such as `onProgress`, comes as it is.
 *
 * @example
 * try {
 *   await bluehour.v1.aiImageGenerator.generate(request);
 * } catch (error) {
 *   if (error instanceof RateLimitError) console.log(`again in ${error.retryAfterMs} ms`);
 *   else if (error instanceof BluehourError) console.log(error.message, error.jobId, error.requestId);
 * }
 */
export class BluehourError extends Error {
  override readonly name: string = "BluehourError";
  declare readonly status: ErrorDetails["status"];
  declare readonly code: ErrorDetails["code"];
  declare readonly requestId: ErrorDetails["requestId"];
  declare readonly retryAfterMs: ErrorDetails["retryAfterMs"];
  /** Filled in on the way up, once a job exists. */
  declare jobId: ErrorDetails["jobId"];
  /** Filled in on the way up, by creating calls. */
  declare idempotencyKey: ErrorDetails["idempotencyKey"];

  /** @param details - become properties of the error, all of them: also those that a kind adds to them */
  constructor(message: string, details: ErrorDetails = {}) {
    super(message, details);
    Object.assign(this, details);
  }
}

/** 401, 403: the token is missing, wrong, revoked, or not allowed to do this. */
export class AuthenticationError extends BluehourError {
  override readonly name = "AuthenticationError";
}

/** 402: the message says how many credits are needed and how many are left. */
export class InsufficientCreditsError extends BluehourError {
  override readonly name = "InsufficientCreditsError";
}

/** 400, 413, 415, 422: the request cannot be accepted as it is. Without `status`: so it was not even sent. */
export class ValidationError extends BluehourError {
  override readonly name = "ValidationError";
  /** One for each wrong field, by its path in the body (`style.tool`); empty where it is not about fields. */
  declare readonly issues: readonly Issue[];

  constructor(message: string, details: ErrorDetails & { issues?: readonly Issue[] } = {}) {
    super(message, { issues: [], ...details } as ErrorDetails);
  }
}

/** 404: the account has no such job, file, endpoint or token; it may have been deleted. */
export class NotFoundError extends BluehourError {
  override readonly name = "NotFoundError";
}

/** 409: the job's state does not allow this. */
export class ConflictError extends BluehourError {
  override readonly name = "ConflictError";
}

/**
 * 429, after the client's own retries, or at once if it is for more than a minute: `retryAfterMs` says when to come
 * back.
 */
export class RateLimitError extends BluehourError {
  override readonly name = "RateLimitError";
}

/** 5xx, after the client's own retries where they can help. */
export class ServerError extends BluehourError {
  override readonly name = "ServerError";
}

/** No answer, or one that was cut or damaged on the way, after the client's own retries. */
export class NetworkError extends BluehourError {
  override readonly name = "NetworkError";
}

/** `timeoutMs` has passed. A job that was created goes on. */
export class TimeoutError extends BluehourError {
  override readonly name = "TimeoutError";
}

/** The caller's signal was aborted; its reason is the `cause`. Named as `fetch` names it. */
export class AbortError extends BluehourError {
  override readonly name = "AbortError";
  /**
   * Settles when the effort to cancel the job upstream has ended, never rejects: true if the job is now
   * canceled, false if there was none, it had ended, or it was left running.
   */
  declare readonly cancellation: Promise<boolean>;

  constructor(message: string, details: ErrorDetails & { cancellation?: Promise<boolean> } = {}) {
    super(message, { cancellation: Promise.resolve(false), ...details } as ErrorDetails);
  }
}

/** The job ended as `error`; its credits are refunded. `code` is the job's error code. */
export class GenerationFailedError extends BluehourError {
  override readonly name = "GenerationFailedError";
  /** The job as it ended; `project.error` says why. */
  declare readonly project: Project;

  constructor(project: Project) {
    const { code, message } = project.error ?? { code: "internal", message: "The job failed" };
    super(`${message} (${code})`, { code, jobId: project.id, project } as ErrorDetails);
  }
}

/** The job was canceled, by this client or another. */
export class CanceledError extends BluehourError {
  override readonly name = "CanceledError";
  /** The job as it ended. */
  declare readonly project: Project;

  constructor(project: Project) {
    super("The job was canceled", { jobId: project.id, project } as ErrorDetails);
  }
}

/**
 * The job is complete, yet not all images could be saved; the `cause` is the first failure. The images are
 * still on the server: `resume(error.jobId)` downloads what is missing.
 */
export class DownloadError extends BluehourError {
  override readonly name = "DownloadError";
  /** The job, complete. */
  declare readonly project: Project;
  /** What was saved. */
  declare readonly saved: SavedOutputs;

  constructor(project: Project, saved: SavedOutputs, cause: unknown) {
    const count = saved.downloaded_paths.length + saved.files.length;
    const reason = cause instanceof Error ? cause.message : String(cause);
    const details = { jobId: project.id, cause, project, saved };
    super(`Saved ${count} of ${project.downloads.length} images: ${reason}`, details);
  }
}
