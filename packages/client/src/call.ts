import { type Answer, type AskOptions, ask, type BodyOf, type Send } from "./ask.ts";
import { type BluehourError, NotFoundError } from "./errors.ts";
import { inScope, type ScopeOptions } from "./scope.ts";

/** For what would be done twice if it were sent again. */
export const ONCE = { maxTries: 1 };

/** For deletions: what an earlier try deleted, whose answer was lost, is not to be found by the next. */
export const DELETION = {
  repeated: async (error: BluehourError) => {
    if (!(error instanceof NotFoundError)) throw error;
    return undefined;
  },
};

/**
 * One request of the caller's, under their signal and timeout: retried as far as it is safe, with typed errors.
 *
 * @param id - of the job it is about, if it is about one
 */
export function call<R extends Answer>(
  options: ScopeOptions | undefined,
  send: Send<R>,
  how?: AskOptions<BodyOf<R>>,
  id?: string,
): Promise<BodyOf<R>> {
  return inScope(options, ({ signal }) => ask(signal, send, how), id);
}
