import type { ImageGeneratorRequest } from "./image-request.ts";
import type { Created, Project, Timeline } from "./project.ts";
import type { UploadUrls, UploadUrlsRequest } from "./upload-urls.ts";

/** Who is asking: the account whose token came with the request. */
export interface Principal {
  readonly accountId: string;
}

export interface CreateOptions {
  /** The caller's `Idempotency-Key`: the same key and body answer the first response again. */
  readonly idempotencyKey: string | undefined;
  readonly requestId: string;
}

export interface Health {
  status: "ok";
  version: string;
}

/** A job as it was at one moment of its life. */
export interface ProjectEvent {
  /** Decimal digits; greater with every change of the job. */
  readonly id: string;
  readonly project: Project;
}

export interface WatchOptions {
  /** The event that the watcher saw last: it is not told again. */
  readonly lastEventId: string | undefined;
  /** Aborted when nobody watches any more. */
  readonly signal: AbortSignal;
}

/**
 * What the routes need from the place they run in. A job that does not exist, or that belongs to another
 * account, is an `ApiError` with the code `not_found`.
 */
export interface Service {
  health(): Health;
  /** @returns null for a token that opens nothing */
  authenticate(token: string): Promise<Principal | null>;
  /** Answers once the job is durable. `replayed` tells an answer given before. */
  createImage(
    principal: Principal,
    request: ImageGeneratorRequest,
    options: CreateOptions,
  ): Promise<{ created: Created; replayed: boolean }>;
  /** @param waitMs - how long to hold the answer until the job is terminal; 0 answers at once */
  getProject(principal: Principal, id: string, waitMs: number): Promise<Project>;
  /**
   * The job as it is now, then as it is after every change, until it has ended.
   *
   * @returns null when it has ended and the watcher has seen how
   */
  watchProject(
    principal: Principal,
    id: string,
    options: WatchOptions,
  ): Promise<AsyncIterable<ProjectEvent> | null>;
  /** Cancels the job if it still runs; when this returns, its outputs are gone. */
  deleteProject(principal: Principal, id: string): Promise<void>;
  /** @throws ApiError `conflict` when the job is already terminal */
  cancelProject(principal: Principal, id: string): Promise<Project>;
  getTimeline(principal: Principal, id: string): Promise<Timeline>;
  /** Signed addresses for files of the account, in the order of the request. */
  createUploadUrls(principal: Principal, request: UploadUrlsRequest): Promise<UploadUrls>;
}
