import type { Created, Project } from "@bluehour/contract";
import type { ClientRequestOptions } from "hono/client";
import { abortable } from "./abortable.ts";
import { type Answer, ask, MAX_TRIES, success, TRY_TIMEOUT_MS } from "./ask.ts";
import { chunksOf } from "./chunks-of.ts";
import { ConflictError, NetworkError } from "./errors.ts";
import type { Platform } from "./platform.ts";
import { type ProjectEvent, readEvents } from "./read-events.ts";
import { responseError } from "./response-error.ts";
import type { RpcClient } from "./rpc.ts";
import { timeLimit } from "./time-limit.ts";

/** A job in progress is worth more patience: about half a minute without network. */
const MAX_TRIES_WHILE_WAITING = 8;
/** The server begins its answer at once. Where nothing comes, somebody on the way is collecting it. */
const FIRST_BYTE_MS = 8_000;
/** The server says something every 15 seconds. */
const SILENCE_MS = 40_000;

type CreateAnswer =
  | (Answer & { readonly ok: false })
  | (Omit<Answer, "json"> & { readonly ok: true; json(): Promise<Created> });

/** Sends a create, the same each time. */
export type SendCreate = (options: ClientRequestOptions) => Promise<CreateAnswer>;

/** The requests that bring a job to its end, one function each: retried, with typed errors, ended by a signal. */
export interface Requests {
  create(send: SendCreate, idempotencyKey: string, signal: AbortSignal): Promise<Created>;
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
}

export function createRequests(rpc: RpcClient, platform: Platform): Requests {
  const projects = rpc.v1["image-projects"][":id"];

  async function get(id: string, signal: AbortSignal, waitSeconds = 0): Promise<Project> {
    const headers: Record<string, string> = waitSeconds > 0 ? { Prefer: `wait=${waitSeconds}` } : {};
    const attempt = async (trySignal: AbortSignal) => {
      const options = { headers, init: { signal: trySignal } };
      return (await success(await projects.$get({ param: { id } }, options))).json();
    };
    return ask(platform, signal, attempt, {
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

    create: (send, idempotencyKey, signal) =>
      ask(platform, signal, async (trySignal) => {
        const headers = { "Idempotency-Key": idempotencyKey };
        return (await success(await send({ headers, init: { signal: trySignal } }))).json();
      }),

    cancel: (id, signal) =>
      ask(platform, signal, async (trySignal, tryNumber) => {
        const response = await projects.cancel.$post({ param: { id } }, { init: { signal: trySignal } });
        if (response.ok) return response.json();
        const error = await responseError(response);
        // The answer to an earlier try may have been lost after that try did its work.
        if (!(tryNumber > 1 && error instanceof ConflictError)) throw error;
        const project = await get(id, trySignal);
        if (project.status !== "canceled") throw error;
        return project;
      }),
  };
}
