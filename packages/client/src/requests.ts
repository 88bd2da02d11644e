import type { Created, ImageGeneratorInput, Project } from "@bluehour/contract";
import { abortable } from "./abortable.ts";
import { chunksOf } from "./chunks-of.ts";
import { ConflictError, NetworkError, NotFoundError } from "./errors.ts";
import type { Platform } from "./platform.ts";
import { type ProjectEvent, readEvents } from "./read-events.ts";
import { type ErrorAnswer, responseError } from "./response-error.ts";
import { retry } from "./retry.ts";
import type { RpcClient } from "./rpc.ts";
import { timeLimit } from "./time-limit.ts";

/** Milliseconds a request may take beyond the time it asked the server to hold the answer. */
const TRY_TIMEOUT_MS = 30_000;
const MAX_TRIES = 5;
/** A job in progress is worth more patience: about half a minute without network. */
const MAX_TRIES_WHILE_WAITING = 8;
/** The server begins its answer at once. Where nothing comes, somebody on the way is collecting it. */
const FIRST_BYTE_MS = 8_000;
/** The server says something every 15 seconds. */
const SILENCE_MS = 40_000;

/** The API's requests, one function each: retried, with typed errors, ended by a signal. */
export interface Requests {
  create(request: ImageGeneratorInput, idempotencyKey: string, signal: AbortSignal): Promise<Created>;
  /** @param waitSeconds - how long the server may hold the answer until the job is terminal */
  get(id: string, signal: AbortSignal, waitSeconds?: number): Promise<Project>;
  /**
   * The job as it changes, for as long as one connection lasts. Not retried.
   *
   * @param after - id of the event that was seen last; empty for none
   * @param heard - called for all that comes, comments too
   * @throws BluehourError when this way is of no use: refused, or held up on the way; whatever `fetch` throws when the
   * connection is cut
   */
  events(
    id: string,
    after: string,
    signal: AbortSignal,
    heard: () => void,
  ): AsyncGenerator<ProjectEvent, void>;
  cancel(id: string, signal: AbortSignal): Promise<Project>;
  delete(id: string, signal: AbortSignal): Promise<void>;
}

export function createRequests(rpc: RpcClient, platform: Platform): Requests {
  const projects = rpc.v1["image-projects"][":id"];

  /** Each try is raced against its signal as well, since a `fetch` of the caller's own may not know of signals. */
  const ask = <T>(
    signal: AbortSignal,
    attempt: (signal: AbortSignal, tryNumber: number) => Promise<T>,
    { tryTimeoutMs = TRY_TIMEOUT_MS, maxTries = MAX_TRIES } = {},
  ): Promise<T> =>
    retry(platform, { signal, tryTimeoutMs, maxTries }, (trySignal, tryNumber) =>
      abortable(attempt(trySignal, tryNumber), trySignal),
    );

  async function get(id: string, signal: AbortSignal, waitSeconds = 0): Promise<Project> {
    const headers: Record<string, string> = waitSeconds > 0 ? { Prefer: `wait=${waitSeconds}` } : {};
    const attempt = async (trySignal: AbortSignal) => {
      const options = { headers, init: { signal: trySignal } };
      return (await success(await projects.$get({ param: { id } }, options))).json();
    };
    return ask(signal, attempt, {
      tryTimeoutMs: TRY_TIMEOUT_MS + waitSeconds * 1000,
      maxTries: waitSeconds > 0 ? MAX_TRIES_WHILE_WAITING : MAX_TRIES,
    });
  }

  return {
    get,

    async *events(id, after, signal, heard) {
      const limit = timeLimit(platform, FIRST_BYTE_MS, signal);
      const headers: Record<string, string> = after ? { "Last-Event-ID": after } : {};
      async function* signsOfLife(body: ReadableStream | null) {
        for await (const chunk of chunksOf(body, limit.signal)) {
          limit.start(SILENCE_MS);
          heard();
          yield chunk;
        }
      }
      try {
        const options = { headers, init: { signal: limit.signal } };
        const response = await abortable(projects.events.$get({ param: { id } }, options), limit.signal);
        const isStream = response.headers.get("content-type")?.startsWith("text/event-stream");
        if (!isStream) throw await responseError(response);
        yield* readEvents(signsOfLife(response.body));
      } catch (error) {
        throw limit.over ? new NetworkError("The events were held up on the way") : error;
      } finally {
        limit.stop();
      }
    },

    create: (json, idempotencyKey, signal) =>
      ask(signal, async (trySignal) => {
        const headers = { "Idempotency-Key": idempotencyKey };
        const options = { headers, init: { signal: trySignal } };
        return (await success(await rpc.v1["ai-image-generator"].$post({ json }, options))).json();
      }),

    cancel: (id, signal) =>
      ask(signal, async (trySignal, tryNumber) => {
        const response = await projects.cancel.$post({ param: { id } }, { init: { signal: trySignal } });
        if (response.ok) return response.json();
        const error = await responseError(response);
        // The answer to an earlier try may have been lost after that try did its work.
        if (!(tryNumber > 1 && error instanceof ConflictError)) throw error;
        const project = await get(id, trySignal);
        if (project.status !== "canceled") throw error;
        return project;
      }),

    delete: (id, signal) =>
      ask(signal, async (trySignal, tryNumber) => {
        const response = await projects.$delete({ param: { id } }, { init: { signal: trySignal } });
        if (response.ok) return;
        const error = await responseError(response);
        if (!(tryNumber > 1 && error instanceof NotFoundError)) throw error;
      }),
  };
}

/** An answer that is a success. @throws BluehourError for any other */
async function success<R extends ErrorAnswer & { readonly ok: boolean }>(
  response: R,
): Promise<Extract<R, { ok: true }>> {
  if (!response.ok) throw await responseError(response);
  // `ok` is what tells the members of the union apart.
  return response as Extract<R, { ok: true }>;
}
