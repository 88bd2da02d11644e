import type { ClientRequestOptions } from "hono/client";
import { abortable } from "./abortable.ts";
import type { BluehourError } from "./errors.ts";
import { type ErrorAnswer, responseError } from "./response-error.ts";
import { type RetryLimits, retry } from "./retry.ts";

/** An answer as far as it matters here. */
export interface Answer extends ErrorAnswer {
  readonly ok: boolean;
}

/** What a success has in its body; where hono knows of none, there is none. */
export type BodyOf<R> = R extends { ok: true; json(): Promise<infer T> }
  ? unknown extends T
    ? undefined
    : T
  : never;

/** Sends a request, the same each time. */
export type Send<R extends Answer> = (options: ClientRequestOptions) => Promise<R>;

export interface AskOptions<T> extends RetryLimits {
  readonly headers?: Record<string, string>;
  /**
   * Answers for an error that a later try meets, since an earlier one may have done the work; or throws it. Undefined:
   * there is no body.
   */
  readonly repeated?: (error: BluehourError, signal: AbortSignal) => Promise<T | undefined>;
}

/**
 * Sends a request as often as it takes. Each try is raced against its signal as well, since a `fetch` of the caller's
 * own may not know of signals.
 *
 * @returns the answer's body
 * @throws BluehourError, or the signal's reason
 */
export function ask<R extends Answer>(
  signal: AbortSignal,
  send: Send<R>,
  { headers = {}, repeated, ...limits }: AskOptions<BodyOf<R>> = {},
): Promise<BodyOf<R>> {
  const attempt = async (trySignal: AbortSignal, tryNumber: number) => {
    const answer = await send({ headers, init: { signal: trySignal } });
    // Everything that has a body is a 200.
    if (answer.ok) return answer.status === 200 ? answer.json() : undefined;
    const error = await responseError(answer);
    if (tryNumber > 1 && repeated) return repeated(error, trySignal);
    throw error;
  };
  return retry(
    signal,
    // What the route's type says that the Worker answers.
    (trySignal, tryNumber) => abortable(attempt(trySignal, tryNumber) as Promise<BodyOf<R>>, trySignal),
    limits,
  );
}
