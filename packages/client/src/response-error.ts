import type { Issue } from "@bluehour/contract";
import {
  AuthenticationError,
  BluehourError,
  ConflictError,
  type ErrorDetails,
  InsufficientCreditsError,
  NotFoundError,
  RateLimitError,
  ServerError,
  ValidationError,
} from "./errors.ts";

/** The part of a response that matters here, so that both `fetch`'s and the RPC client's fit. */
interface ErrorAnswer {
  readonly status: number;
  readonly statusText: string;
  readonly headers: Headers;
  json(): Promise<unknown>;
}

/** The error that an answer other than success stands for. Reads the answer's body. */
export async function responseError(response: ErrorAnswer): Promise<BluehourError> {
  const body = await readBody(response);
  const { status } = response;
  const message = body.message ?? `The server answered ${`${status} ${response.statusText}`.trim()}`;
  const details: ErrorDetails = {
    status,
    code: body.code,
    requestId: response.headers.get("x-request-id") ?? undefined,
  };
  if (status >= 500) return new ServerError(message, { ...details, retryAfterMs: retryAfterMs(response) });
  switch (status) {
    case 400:
    case 413:
    case 415:
    case 422:
      return new ValidationError(message, { ...details, issues: body.issues });
    case 401:
    case 403:
      return new AuthenticationError(message, details);
    case 402:
      return new InsufficientCreditsError(message, details);
    case 404:
      return new NotFoundError(message, details);
    case 409:
      return new ConflictError(message, details);
    case 429:
      return new RateLimitError(message, { ...details, retryAfterMs: retryAfterMs(response) });
    default:
      return new BluehourError(message, details);
  }
}

/** The body's fields, as far as they are there: an answer may come from a proxy that knows nothing of us. */
async function readBody(response: ErrorAnswer) {
  const body: unknown = await response.json().catch(() => null);
  const fields = typeof body === "object" && body !== null ? body : {};
  return {
    message: "message" in fields && typeof fields.message === "string" ? fields.message : undefined,
    code: "code" in fields && typeof fields.code === "string" ? fields.code : undefined,
    issues: "issues" in fields && Array.isArray(fields.issues) ? fields.issues.filter(isIssue) : [],
  };
}

function isIssue(value: unknown): value is Issue {
  return typeof value === "object" && value !== null && "path" in value && "message" in value;
}

/**
 * `Retry-After` in milliseconds. A date is read against the answer's own `Date`, so that a wrong local clock
 * does no harm.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#name-retry-after
 */
function retryAfterMs({ headers }: ErrorAnswer): number | undefined {
  const value = headers.get("retry-after");
  if (!value) return undefined;
  if (/^\d+$/.test(value)) return Number(value) * 1000;
  const ms = Date.parse(value) - Date.parse(headers.get("date") ?? "");
  return Number.isNaN(ms) ? undefined : Math.max(0, ms);
}
