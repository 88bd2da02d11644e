import type { Created, Project } from "@bluehour/contract";
import { abortable } from "./abortable.ts";
import { type Answer, ask, type Send } from "./ask.ts";
import { chunksOf } from "./chunks-of.ts";
import { ConflictError, NetworkError } from "./errors.ts";
import { eventReader, type ProjectEvent } from "./event-reader.ts";
import { responseError } from "./response-error.ts";
import type { RpcClient } from "./rpc.ts";
import { timeLimit } from "./time-limit.ts";

/** Milliseconds beyond those for which the answer is held. */
const ANSWER_MS = 30_000;
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
export type SendCreate = Send<CreateAnswer>;

/** The requests that bring a job to its end, one function each: retried, with typed errors, ended by a signal. */
export interface Requests {
  create(send: SendCreate, idempotencyKey: string, signal: AbortSignal): Promise<Created>;
  /** @param waitSeconds - how long the server may hold the answer until the job is terminal */
  get(id: string, signal: AbortSignal, waitSeconds?: number): Promise<Project>;
  /**
   * The job as it changes, for as long as one connection lasts: all that comes, even if there is no event in it. Not
   * retried.
   *
   * @param after - id of the event that was seen last; empty for none
   * @throws BluehourError when this way is of no use: refused, or held up on the way; whatever `fetch` throws when the
   * connection is cut
   */
  events(id: string, after: string, signal: AbortSignal): AsyncGenerator<ProjectEvent[], void>;
  cancel(id: string, signal: AbortSignal): Promise<Project>;
}

export function createRequests(rpc: RpcClient): Requests {
  const projects = rpc.v1["image-projects"][":id"];

  const get: Requests["get"] = (id, signal, waitSeconds) =>
    ask(
      signal,
      (at) => projects.$get({ param: { id } }, at),
      waitSeconds
        ? {
            headers: { Prefer: `wait=${waitSeconds}` },
            tryTimeoutMs: ANSWER_MS + waitSeconds * 1000,
            maxTries: MAX_TRIES_WHILE_WAITING,
          }
        : {},
    );

  return {
    get,

    async *events(id, after, signal) {
      const limit = timeLimit(FIRST_BYTE_MS, signal);
      const read = eventReader();
      try {
        const options = {
          headers: after ? { "Last-Event-ID": after } : {},
          init: { signal: limit.signal },
        };
        const response = await abortable(projects.events.$get({ param: { id } }, options), limit.signal);
        const isStream = response.headers.get("content-type")?.startsWith("text/event-stream");
        if (!isStream) throw await responseError(response);
        for await (const chunk of chunksOf(response.body, limit.signal)) {
          limit.start(SILENCE_MS);
          yield read(chunk);
        }
      } catch (error) {
        throw limit.isOver() ? new NetworkError("The events were held up on the way") : error;
      } finally {
        limit.stop();
      }
    },

    create: (send, idempotencyKey, signal) =>
      ask(signal, send, { headers: { "Idempotency-Key": idempotencyKey } }),

    cancel: (id, signal) =>
      ask(signal, (at) => projects.cancel.$post({ param: { id } }, at), {
        async repeated(error, trySignal) {
          if (error instanceof ConflictError) {
            const project = await get(id, trySignal);
            if (project.status === "canceled") return project;
          }
          throw error;
        },
      }),
  };
}
