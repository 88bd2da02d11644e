import type { AccountService } from "./account-service.ts";
import type { Diagnostics } from "./diagnostics.ts";
import type { ImageEditorRequest } from "./image-editor-request.ts";
import type { ImageGeneratorRequest } from "./image-request.ts";
import type { ModelList } from "./models.ts";
import type { Principal } from "./principal.ts";
import type { Created, Project, ProjectPage, ProjectQuery, Timeline } from "./project.ts";
import type { RateLimit } from "./rate-limit.ts";
import type { UploadUrls, UploadUrlsRequest } from "./upload-urls.ts";
import type { WebhookService } from "./webhook-service.ts";

export interface CreateOptions {
  /** The caller's `Idempotency-Key`: the same key and body answer the first response again. */
  readonly idempotencyKey: string | undefined;
  readonly requestId: string;
}

export interface JobCreated {
  readonly created: Created;
  /** Whether this is an answer given before. */
  readonly replayed: boolean;
  readonly rateLimit?: RateLimit;
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
  /**
   * Reads a token, without asking its account.
   *
   * @param origin - the page the request comes from, if a browser sent it
   * @returns null for a token that is not ours, or has expired
   * @throws ApiError `forbidden` for a token that is bound to another origin
   */
  authenticate(token: string, origin: string | undefined): Promise<Principal | null>;
  /** Whether a token was not revoked. May be up to a minute behind. */
  stands(principal: Principal): Promise<boolean>;
  /**
   * Answers once the job is durable.
   *
   * @throws ApiError `unauthorized` for a token that was revoked, `rate_limited`, `insufficient_credits`
   */
  createImage(
    principal: Principal,
    request: ImageGeneratorRequest,
    options: CreateOptions,
  ): Promise<JobCreated>;
  /** As `createImage`, from images. @throws ApiError also `not_found` for a file that the account does not have */
  editImage(principal: Principal, request: ImageEditorRequest, options: CreateOptions): Promise<JobCreated>;
  /** Newest first; a page can hold fewer jobs than asked for, and more may follow all the same. */
  listProjects(principal: Principal, query: ProjectQuery): Promise<ProjectPage>;
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
  /** The catalogue, `default` first. */
  listModels(): Promise<ModelList>;
  /** For the operator: looks at what the deployment is made of, by calls that cost nothing. */
  diagnose(): Promise<Diagnostics>;
  readonly accounts: AccountService;
  readonly webhooks: WebhookService;
}
