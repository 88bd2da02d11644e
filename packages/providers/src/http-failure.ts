import { type FailureKind, ProviderError, type RejectionCode } from "@bluehour/core";
import { retryAfterMs, spokenWaitMs } from "./retry-after.ts";

/**
 * What repeating a call may cost: `paid` starts work that is billed, so a lost answer is an unknown outcome;
 * `free` can be asked again without harm.
 */
export type Stakes = "paid" | "free";

/** What the body of an error says. What it leaves out, the status tells. */
export interface Said {
  readonly message: string;
  readonly kind?: FailureKind | undefined;
  readonly rejection?: RejectionCode | undefined;
  readonly retryAfterMs?: number | undefined;
}

const LONGEST_MESSAGE = 200;

/** One line of at most 200 characters, with every one of the secrets taken out: upstreams like to echo keys. */
export function clipMessage(text: string, secrets: readonly string[]): string {
  let clean = text;
  for (const secret of secrets) if (secret !== "") clean = clean.replaceAll(secret, "[secret]");
  clean = clean.replaceAll(/[\s\p{Cc}]+/gu, " ").trim();
  return clean.length > LONGEST_MESSAGE ? `${clean.slice(0, LONGEST_MESSAGE - 1)}…`.toWellFormed() : clean;
}

/**
 * Answers in which a gateway gives up on a server that may have done the work. 52x are Cloudflare's, which a
 * Worker's `fetch` answers instead of throwing (https://developers.cloudflare.com/support/troubleshooting/http-status-codes/cloudflare-5xx-errors/):
 * 520 an unreadable answer, 524 none in time. Its 521, 522, 523, 525, 526 and 530 never reached the server.
 */
const ANSWER_LOST: readonly number[] = [502, 504, 520, 524];

/**
 * What kind of failure an HTTP status is. Statuses with another meaning to a provider are its adapter's to catch first.
 *
 * A submit that is answered 404 or 410 names a model that the provider has withdrawn, never had, or keeps from the key:
 * they do not tell which. OpenAI says "does not exist or you do not have access to it", and Google answers so for models
 * that only older projects may use. Asking again changes none of that, another route may. Of any other call it means
 * that the address is wrong, or what stands behind it is not there.
 */
export function kindOfStatus(status: number, stakes: Stakes): FailureKind {
  if (status === 401 || status === 402 || status === 403) return "unauthorized";
  if (status === 404 || status === 410) return stakes === "paid" ? "unauthorized" : "unavailable";
  if (status === 429) return "throttled";
  if (status === 408) return "unavailable";
  if (status >= 400 && status < 500) return "rejected";
  return stakes === "paid" && ANSWER_LOST.includes(status) ? "unknown_outcome" : "unavailable";
}

/**
 * The error of an answer outside 2xx.
 *
 * @param details - `said.message` is already clipped, and empty if the provider said nothing readable
 */
export function statusFailure(
  upstream: string,
  response: Response,
  { said, stakes, nowMs }: { said: Said; stakes: Stakes; nowMs: number },
): ProviderError {
  return new ProviderError(
    said.kind ?? kindOfStatus(response.status, stakes),
    `${upstream} answered ${response.status}${said.message === "" ? "" : `: ${said.message}`}`,
    {
      rejection: said.rejection,
      retryAfterMs: retryAfterMs(response.headers, nowMs) ?? said.retryAfterMs ?? spokenWaitMs(said.message),
    },
  );
}

/** The error of an answer that was accepted (2xx) but cannot be understood. */
export function unreadableFailure(upstream: string, stakes: Stakes, cause?: unknown): ProviderError {
  const kind = stakes === "paid" ? "unknown_outcome" : "unavailable";
  return new ProviderError(kind, `${upstream} gave an answer that could not be read`, { cause });
}

/**
 * The error of a call that got no answer.
 *
 * @param signal - the call's time limit, to tell "too slow" from "broken"
 */
export function transportFailure(
  upstream: string,
  cause: unknown,
  details: { stakes: Stakes; signal: AbortSignal },
): ProviderError {
  if (cause instanceof ProviderError) return cause;
  if (neverSent(cause))
    return new ProviderError("unavailable", `${upstream} could not be reached`, { cause });
  const kind = details.stakes === "paid" ? "unknown_outcome" : "unavailable";
  const what = details.signal.aborted
    ? `${upstream} did not answer in time`
    : `The connection to ${upstream} broke`;
  return new ProviderError(kind, what, { cause });
}

/** Node's codes for a connection that never stood. */
const NEVER_CONNECTED: readonly unknown[] = [
  "EAI_AGAIN",
  "ECONNREFUSED",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ENOTFOUND",
  "UND_ERR_CONNECT_TIMEOUT",
];

/**
 * Whether the request certainly did not leave. Only Node tells: workerd says "Network connection lost." both for
 * a refused connection and for one that broke after the request (seen with workerd 1.20261117.1), so there a
 * paid call without an answer always has an unknown outcome.
 */
function neverSent(error: unknown): boolean {
  for (let at = error; at instanceof Error; at = at.cause) {
    if ("code" in at && NEVER_CONNECTED.includes(at.code)) return true;
  }
  return false;
}
