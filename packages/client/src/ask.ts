import { abortable } from "./abortable.ts";
import type { Platform } from "./platform.ts";
import { type ErrorAnswer, responseError } from "./response-error.ts";
import { type RetryOptions, retry } from "./retry.ts";

/** Milliseconds a request may take. */
export const TRY_TIMEOUT_MS = 30_000;
export const MAX_TRIES = 5;

/** An answer as far as it matters here, so that both `fetch`'s and the RPC client's fit. */
export interface Answer extends ErrorAnswer {
  readonly ok: boolean;
}

/**
 * Sends a request as often as it takes. Each try is raced against its signal as well, since a `fetch` of the caller's
 * own may not know of signals.
 */
export function ask<T>(
  platform: Platform,
  signal: AbortSignal,
  attempt: (signal: AbortSignal, tryNumber: number) => Promise<T>,
  options: Partial<RetryOptions> = {},
): Promise<T> {
  return retry(
    platform,
    { tryTimeoutMs: TRY_TIMEOUT_MS, maxTries: MAX_TRIES, ...options, signal },
    (trySignal, tryNumber) => abortable(attempt(trySignal, tryNumber), trySignal),
  );
}

/** An answer that is a success. @throws BluehourError for any other */
export async function success<R extends Answer>(response: R): Promise<Extract<R, { ok: true }>> {
  if (!response.ok) throw await responseError(response);
  // `ok` is what tells the members of the union apart.
  return response as Extract<R, { ok: true }>;
}
