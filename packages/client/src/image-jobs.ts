import type { Created } from "@bluehour/contract";
import { abortable } from "./abortable.ts";
import { hex } from "./hex.ts";
import { type Result, type ResultOptions, resultOf } from "./image-projects.ts";
import type { Platform } from "./platform.ts";
import type { Requests, SendCreate } from "./requests.ts";
import { inScope, type Scope, type ScopeOptions } from "./scope.ts";
import { timeLimit } from "./time-limit.ts";

/** How to create a job. */
export interface CreateOptions extends ScopeOptions {
  /**
   * Names this creation, up to 255 characters, for 24 hours: sent again with the same request, it answers the
   * first job again instead of creating and charging another. Default: a random one, which makes the client's
   * own retries safe.
   */
  readonly idempotencyKey?: string | undefined;
}

/** How to see a job through. */
export interface ResumeOptions extends ResultOptions {
  /**
   * Leave the job running when `signal` aborts. Default false: it is canceled and refunded. After `timeoutMs` it goes on
   * in either case.
   */
  readonly detachOnAbort?: boolean | undefined;
}

/** How to create a job and see it through. */
export interface GenerateOptions extends CreateOptions, ResumeOptions {}

/** Creates jobs at an endpoint, and sees them through. */
export interface ImageJobs<Request> {
  create(request: Request, options?: CreateOptions): Promise<Created>;
  generate(request: Request, options?: GenerateOptions): Promise<Result>;
  resume(id: string, options?: ResumeOptions): Promise<Result>;
}

/** How long canceling may take after an abort, in milliseconds. */
const CANCEL_TIMEOUT_MS = 10_000;

/** @param prepare - does what comes before a create, such as uploads; answers what sends it */
export function imageJobs<Request>(
  requests: Requests,
  platform: Platform,
  prepare: (request: Request, signal: AbortSignal) => Promise<SendCreate>,
): ImageJobs<Request> {
  /** Prepared under the caller's signal; sent under another one, if there is one. */
  async function create(
    request: Request,
    { idempotencyKey = randomKey() }: CreateOptions,
    scope: Scope,
    signal = scope.signal,
  ) {
    const send = await prepare(request, scope.signal);
    scope.idempotencyKey = idempotencyKey;
    // Not the promise itself, which would be waited for.
    return { creating: requests.create(send, idempotencyKey, signal) };
  }

  /** Brings a job to its end; cancels it when the caller aborts. @param creation - ends the create */
  async function finish(
    creating: Promise<{ id: string }>,
    options: ResumeOptions,
    scope: Scope,
    creation?: AbortController,
  ): Promise<Result> {
    const { signal, detachOnAbort } = options;
    if (!detachOnAbort) {
      scope.cancelUpstream = async () => {
        const limit = timeLimit(CANCEL_TIMEOUT_MS);
        try {
          const { id } = await abortable(creating, limit.signal);
          await requests.cancel(id, limit.signal);
          return true;
        } catch {
          return false;
        } finally {
          limit.stop();
          creation?.abort();
        }
      };
    }
    try {
      const { id } = await abortable(creating, scope.signal);
      scope.jobId = id;
      return await resultOf(requests, platform, id, scope.signal, options);
    } finally {
      // Until it is canceled, the create has to go on.
      if (!signal?.aborted || detachOnAbort) creation?.abort();
    }
  }

  return {
    create: (request, options = {}) =>
      inScope(options, async (scope) => (await create(request, options, scope)).creating),

    generate: (request, options = {}) =>
      inScope(options, async (scope) => {
        // Not ended by an abort: a job that the server has made, but whose id is unknown, could not be canceled.
        const creation = new AbortController();
        const { creating } = await create(request, options, scope, creation.signal);
        return finish(creating, options, scope, creation);
      }),

    resume: (id, options = {}) =>
      inScope(options, (scope) => finish(Promise.resolve({ id }), options, scope), id),
  };
}

/** 128 random bits. Not `crypto.randomUUID`, which browsers only have on https and localhost. */
function randomKey(): string {
  return hex(crypto.getRandomValues(new Uint8Array(16)));
}
