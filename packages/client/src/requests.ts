import type { Created, ImageGeneratorInput, Project } from "@bluehour/contract";
import { abortable } from "./abortable.ts";
import { ConflictError, NotFoundError, ValidationError } from "./errors.ts";
import type { Platform } from "./platform.ts";
import { responseError } from "./response-error.ts";
import { retry } from "./retry.ts";
import type { RpcClient } from "./rpc.ts";

/** Milliseconds a request may take beyond the time it asked the server to hold the answer. */
const TRY_TIMEOUT_MS = 30_000;
const MAX_TRIES = 5;
/** A job in progress is worth more patience: about half a minute without network. */
const MAX_TRIES_WHILE_WAITING = 8;

/** The API's requests, one function each: retried, with typed errors, ended by a signal. */
export interface Requests {
  create(request: ImageGeneratorInput, idempotencyKey: string, signal: AbortSignal): Promise<Created>;
  /** @param waitSeconds - how long the server may hold the answer until the job is terminal */
  get(id: string, signal: AbortSignal, waitSeconds?: number): Promise<Project>;
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
    const param = { id: pathSegment(id) };
    const headers: Record<string, string> = waitSeconds > 0 ? { Prefer: `wait=${waitSeconds}` } : {};
    const attempt = async (trySignal: AbortSignal) => {
      const response = await projects.$get({ param }, { headers, init: { signal: trySignal } });
      if (!response.ok) throw await responseError(response);
      return response.json();
    };
    return ask(signal, attempt, {
      tryTimeoutMs: TRY_TIMEOUT_MS + waitSeconds * 1000,
      maxTries: waitSeconds > 0 ? MAX_TRIES_WHILE_WAITING : MAX_TRIES,
    });
  }

  return {
    get,

    create: (json, idempotencyKey, signal) =>
      ask(signal, async (trySignal) => {
        const headers = { "Idempotency-Key": idempotencyKey };
        const options = { headers, init: { signal: trySignal } };
        const response = await rpc.v1["ai-image-generator"].$post({ json }, options);
        if (!response.ok) throw await responseError(response);
        return response.json();
      }),

    cancel: async (id, signal) => {
      const param = { id: pathSegment(id) };
      return ask(signal, async (trySignal, tryNumber) => {
        const response = await projects.cancel.$post({ param }, { init: { signal: trySignal } });
        if (response.ok) return response.json();
        const error = await responseError(response);
        // The answer to an earlier try may have been lost after that try did its work.
        if (!(tryNumber > 1 && error instanceof ConflictError)) throw error;
        const project = await get(id, trySignal);
        if (project.status !== "canceled") throw error;
        return project;
      });
    },

    delete: async (id, signal) => {
      const param = { id: pathSegment(id) };
      return ask(signal, async (trySignal, tryNumber) => {
        const response = await projects.$delete({ param }, { init: { signal: trySignal } });
        if (response.ok) return;
        const error = await responseError(response);
        if (!(tryNumber > 1 && error instanceof NotFoundError)) throw error;
      });
    },
  };
}

/** `hc` puts parameters into the path as they are, and URLs resolve dots. @throws ValidationError */
function pathSegment(id: string): string {
  if (/^\.{0,2}$/.test(id)) throw new ValidationError(`Not the id of a job: "${id}"`);
  return encodeURIComponent(id);
}
