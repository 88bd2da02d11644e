import type { ClientRequestOptions } from "hono/client";
import { type Answer, ask, success } from "./ask.ts";
import type { Platform } from "./platform.ts";
import { inScope, type ScopeOptions } from "./scope.ts";

/** What a success has in its body; where hono knows of none, there is none. */
type BodyOf<R> = R extends { ok: true; json(): Promise<infer T> }
  ? unknown extends T
    ? undefined
    : T
  : never;

/**
 * How a request bears being sent again. `"repeatable"`: the second time does nothing more. `"once"`: it would be done
 * twice, and so is never retried. `"deletion"`: what an earlier try deleted, whose answer was lost, is not to be found
 * by the next.
 */
type Repetition = "repeatable" | "once" | "deletion";

/**
 * One request of the caller's, under their signal and timeout: retried as far as it is safe, with typed errors.
 *
 * @param send - given what ends the request
 * @param id - of the job it is about, if it is about one
 */
export type Call = <R extends Answer>(
  options: ScopeOptions | undefined,
  send: (options: ClientRequestOptions) => Promise<R>,
  repetition?: Repetition,
  id?: string,
) => Promise<BodyOf<R>>;

export function createCall(platform: Platform): Call {
  return <R extends Answer>(
    options: ScopeOptions = {},
    send: (options: ClientRequestOptions) => Promise<R>,
    repetition: Repetition = "repeatable",
    id?: string,
  ) => {
    const attempt = async (signal: AbortSignal, tryNumber: number) => {
      const answer = await send({ init: { signal } });
      const isGone = answer.status === 404 && tryNumber > 1 && repetition === "deletion";
      // Everything that has a body is a 200.
      const body = isGone || (await success(answer)).status !== 200 ? undefined : await answer.json();
      // What the route's type says that the Worker answers.
      return body as BodyOf<R>;
    };
    const limits = repetition === "once" ? { maxTries: 1 } : {};
    return inScope(platform, options, ({ signal }) => ask(platform, signal, attempt, limits), id);
  };
}
