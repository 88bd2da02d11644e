import { CommandError } from "../terminal/command-error.ts";

/** Milliseconds that a Worker may take to say that it is there. */
const TIMEOUT_MS = 10_000;

/**
 * Asks whether a Worker is at an address before anything is sent to it: the client would patiently try again, which
 * is right for a job, and wrong for a misspelt address.
 *
 * @throws CommandError
 */
export async function checkRemote(url: string, signal: AbortSignal): Promise<void> {
  const health = `${url.replace(/\/+$/, "")}/healthz`;
  const limit = AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]);
  const response = await fetch(health, { signal: limit }).catch((error: unknown) => {
    signal.throwIfAborted();
    throw new CommandError(`cannot reach ${url}: ${reasonOf(error)}`, { cause: error });
  });
  const body: unknown = await response.json().catch(() => null);
  const fields = typeof body === "object" && body !== null ? body : {};
  if ("status" in fields && fields.status === "ok") return;
  if ("message" in fields && response.status >= 500) throw new CommandError(`${url}: ${fields.message}`);
  throw new CommandError(
    `${url} is not the address of a Bluehour Worker (${health} answered ${response.status})`,
  );
}

/** `fetch` only says "fetch failed"; why is in the cause. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === "TimeoutError") return `no answer within ${TIMEOUT_MS / 1000} seconds`;
  const { cause } = error;
  if (!(cause instanceof Error)) return error.message;
  return cause.message || ("code" in cause ? String(cause.code) : error.message);
}
