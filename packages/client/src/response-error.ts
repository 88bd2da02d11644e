import type { ErrorBody } from "@bluehour/contract";
import {
  AuthenticationError,
  BluehourError,
  ConflictError,
  InsufficientCreditsError,
  NotFoundError,
  RateLimitError,
  ServerError,
  ValidationError,
} from "./errors.ts";

/** The part of a response that matters here, so that both `fetch`'s and the RPC client's fit. */
export interface ErrorAnswer {
  readonly status: number;
  readonly statusText: string;
  readonly headers: Headers;
  json(): Promise<unknown>;
}

const KINDS: Record<number, typeof BluehourError> = {
  400: ValidationError,
  401: AuthenticationError,
  402: InsufficientCreditsError,
  403: AuthenticationError,
  404: NotFoundError,
  409: ConflictError,
  413: ValidationError,
  415: ValidationError,
  422: ValidationError,
  429: RateLimitError,
};

/** The error that an answer other than success stands for. Reads the answer's body. */
export async function responseError(response: ErrorAnswer): Promise<BluehourError> {
  const { status, statusText, headers } = response;
  // It may come from a proxy that knows nothing of us, and be anything, so nothing of it is relied on.
  const { message, code, issues } = Object(await response.json().catch(() => {})) as Partial<ErrorBody>;
  const Kind = KINDS[status] ?? (status < 500 ? BluehourError : ServerError);
  return new Kind(message ? `${message}` : `The server answered ${`${status} ${statusText}`.trim()}`, {
    status,
    code,
    requestId: headers.get("x-request-id") ?? undefined,
    retryAfterMs: retryAfterMs(headers),
    ...(Array.isArray(issues) ? { issues } : {}),
  });
}

/** @throws BluehourError for an answer other than success */
export async function success(response: Response): Promise<void> {
  if (!response.ok) throw await responseError(response);
}

/**
 * `Retry-After` in milliseconds. A date is read against the answer's own `Date`, so that a wrong local clock
 * does no harm.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#name-retry-after
 */
function retryAfterMs(headers: Headers): number | undefined {
  const value = headers.get("retry-after") ?? "";
  const ms = /^\d+$/.test(value)
    ? Number(value) * 1000
    : Math.max(0, Date.parse(value) - Date.parse(headers.get("date") ?? ""));
  return Number.isNaN(ms) ? undefined : ms;
}
