import type { Created, ImageGeneratorInput } from "@bluehour/contract";
import { abortable } from "./abortable.ts";
import { type Result, type ResultOptions, resultOf } from "./image-projects.ts";
import type { Platform } from "./platform.ts";
import type { Requests } from "./requests.ts";
import { inScope, type ScopeOptions } from "./scope.ts";

export interface CreateOptions extends ScopeOptions {
  /**
   * Names this creation, up to 255 characters, for 24 hours: sent again with the same request, it answers the
   * first job again instead of creating and charging another. Default: a random one, which makes the client's
   * own retries safe.
   */
  readonly idempotencyKey?: string | undefined;
}

export interface GenerateOptions extends CreateOptions, ResultOptions {
  /** Leave the job running when `signal` aborts. Default false: it is canceled and refunded. */
  readonly detachOnAbort?: boolean | undefined;
}

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
}

/** How long canceling may take after an abort, in milliseconds. */
const CANCEL_TIMEOUT_MS = 10_000;

export function aiImageGenerator(requests: Requests, platform: Platform): AiImageGenerator {
  return {
    create: (request, options = {}) =>
      inScope(platform, options, (scope) => {
        scope.idempotencyKey = options.idempotencyKey ?? randomKey();
        return requests.create(request, scope.idempotencyKey, scope.signal);
      }),

    generate: (request, options = {}) =>
      inScope(platform, options, async (scope) => {
        scope.idempotencyKey = options.idempotencyKey ?? randomKey();
        // Not ended by an abort: a job that the server has made, but whose id is unknown, could not be canceled.
        const creation = new AbortController();
        const creating = requests.create(request, scope.idempotencyKey, creation.signal);
        if (!options.detachOnAbort) {
          scope.cancelUpstream = () => cancelUpstream(creating, creation, requests, platform);
        }
        try {
          const { id } = await abortable(creating, scope.signal);
          scope.jobId = id;
          return await resultOf(id, options, { requests, platform, scope });
        } finally {
          const canceling = options.signal?.aborted && !options.detachOnAbort;
          if (!canceling) creation.abort();
        }
      }),
  };
}

/** Best effort, within a time. @returns true if the job is canceled */
async function cancelUpstream(
  creating: Promise<Created>,
  creation: AbortController,
  requests: Requests,
  platform: Platform,
): Promise<boolean> {
  const timer = new AbortController();
  platform.sleep(CANCEL_TIMEOUT_MS, timer.signal).then(
    () => creation.abort(),
    () => {},
  );
  try {
    const { id } = await creating;
    await requests.cancel(id, creation.signal);
    return true;
  } catch {
    return false;
  } finally {
    timer.abort();
  }
}

/** 128 random bits. Not `crypto.randomUUID`, which browsers only have on https and localhost. */
function randomKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
