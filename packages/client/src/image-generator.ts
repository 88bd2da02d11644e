import type { Created, ImageGeneratorInput } from "@bluehour/contract";
import { abortable } from "./abortable.ts";
import { hex } from "./hex.ts";
import { type Result, type ResultOptions, resultOf } from "./image-projects.ts";
import type { Platform } from "./platform.ts";
import type { Requests } from "./requests.ts";
import { inScope, type Scope, type ScopeOptions } from "./scope.ts";
import { timeLimit } from "./time-limit.ts";

export interface CreateOptions extends ScopeOptions {
  /**
   * Names this creation, up to 255 characters, for 24 hours: sent again with the same request, it answers the
   * first job again instead of creating and charging another. Default: a random one, which makes the client's
   * own retries safe.
   */
  readonly idempotencyKey?: string | undefined;
}

export interface ResumeOptions extends ResultOptions {
  /** Leave the job running when `signal` aborts. Default false: it is canceled and refunded. */
  readonly detachOnAbort?: boolean | undefined;
}

export interface GenerateOptions extends CreateOptions, ResumeOptions {}

/** `/v1/ai-image-generator` */
export interface AiImageGenerator {
  /**
   * Creates a job. Answers once it is durable, long before it is done.
   *
   * @throws ValidationError, AuthenticationError, InsufficientCreditsError, RateLimitError, NetworkError, ServerError
   */
  create(request: ImageGeneratorInput, options?: CreateOptions): Promise<Created>;
  /**
   * Creates a job, waits for it and downloads its images.
   *
   * @throws what `create` throws, and GenerationFailedError, CanceledError, TimeoutError, AbortError, DownloadError
   * @example
   * const { downloaded_paths } = await bluehour.v1.aiImageGenerator.generate(
   *   { image_count: 1, orientation: "landscape", style: { prompt: "a lighthouse at dusk" } },
   *   { downloadDirectory: "outputs", timeoutMs: 120_000 },
   * );
   */
  generate(request: ImageGeneratorInput, options?: GenerateOptions): Promise<Result>;
  /**
   * Picks up where a `generate` left off whose tab was closed or whose process died: waits for the job and downloads
   * its images, but those that are in the directory already.
   *
   * @param id - of the job: `error.jobId`, or what `onProgress` was told
   * @throws NotFoundError, GenerationFailedError, CanceledError, TimeoutError, AbortError, DownloadError
   * @example
   * const { downloaded_paths } = await bluehour.v1.aiImageGenerator.resume(id, { downloadDirectory: "outputs" });
   */
  resume(id: string, options?: ResumeOptions): Promise<Result>;
}

/** How long canceling may take after an abort, in milliseconds. */
const CANCEL_TIMEOUT_MS = 10_000;

export function aiImageGenerator(requests: Requests, platform: Platform): AiImageGenerator {
  const machine = { requests, platform };
  return {
    create: (request, options = {}) =>
      inScope(platform, options, (scope) => {
        scope.idempotencyKey = options.idempotencyKey ?? randomKey();
        return requests.create(request, scope.idempotencyKey, scope.signal);
      }),

    generate: (request, options = {}) =>
      inScope(platform, options, (scope) => {
        scope.idempotencyKey = options.idempotencyKey ?? randomKey();
        // Not ended by an abort: a job that the server has made, but whose id is unknown, could not be canceled.
        const creation = new AbortController();
        const creating = requests.create(request, scope.idempotencyKey, creation.signal);
        return finish(creating, creation, options, { ...machine, scope });
      }),

    resume: (id, options = {}) => {
      const found = Promise.resolve({ id });
      return inScope(
        platform,
        options,
        (scope) => finish(found, new AbortController(), options, { ...machine, scope }),
        id,
      );
    },
  };
}

/** Brings a job to its end; cancels it when the caller aborts. */
async function finish(
  creating: Promise<{ id: string }>,
  creation: AbortController,
  options: ResumeOptions,
  at: { requests: Requests; platform: Platform; scope: Scope },
): Promise<Result> {
  const { scope } = at;
  if (!options.detachOnAbort) scope.cancelUpstream = () => cancelUpstream(creating, creation, at);
  try {
    const { id } = await abortable(creating, scope.signal);
    scope.jobId = id;
    return await resultOf(id, options, at);
  } finally {
    const canceling = options.signal?.aborted && !options.detachOnAbort;
    if (!canceling) creation.abort();
  }
}

/** Best effort, within a time. @returns true if the job is canceled */
async function cancelUpstream(
  creating: Promise<{ id: string }>,
  creation: AbortController,
  { requests, platform }: { requests: Requests; platform: Platform },
): Promise<boolean> {
  const limit = timeLimit(platform, CANCEL_TIMEOUT_MS);
  try {
    const { id } = await abortable(creating, limit.signal);
    await requests.cancel(id, limit.signal);
    return true;
  } catch {
    return false;
  } finally {
    limit.stop();
    creation.abort();
  }
}

/** 128 random bits. Not `crypto.randomUUID`, which browsers only have on https and localhost. */
function randomKey(): string {
  return hex(crypto.getRandomValues(new Uint8Array(16)));
}
