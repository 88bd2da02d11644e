import { CommandError } from "../terminal/command-error.ts";

/** Milliseconds that a Worker may take to say that it is there. */
const TIMEOUT_MS = 10_000;

/** A Worker is there, and says why it does not work. */
export class NotReadyError extends CommandError {
  override readonly name = "NotReadyError";
  /** In the Worker's own words. */
  readonly said: string;

  constructor(url: string, said: string) {
    super(`${url}: ${said}`);
    this.said = said;
  }
}

/**
 * Asks whether a Worker is at an address before anything is sent to it: the client would patiently try again, which
 * is right for a job, and wrong for a misspelt address.
 *
 * @throws NotReadyError, CommandError
 */
export async function checkRemote(url: string, signal: AbortSignal): Promise<void> {
  const health = `${url.replace(/\/+$/, "")}/healthz`;
  const limit = AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]);
  const response = await fetch(health, { signal: limit }).catch((error: unknown) => {
    signal.throwIfAborted();
    throw new CommandError(`cannot reach ${url}: ${reasonOf(error, TIMEOUT_MS)}`, { cause: error });
  });
  const body: unknown = await response.json().catch(() => null);
  const fields = typeof body === "object" && body !== null ? body : {};
  if ("status" in fields && fields.status === "ok") return;
  if ("message" in fields && response.status >= 500) throw new NotReadyError(url, `${fields.message}`);
  throw new CommandError(
    `${url} is not the address of a Bluehour Worker (${health} answered ${response.status})`,
  );
}

/** Why a `fetch` has failed, which only says "fetch failed". @param limitMs - how long it might take */
export function reasonOf(error: unknown, limitMs: number): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === "TimeoutError") return `no answer within ${limitMs / 1000} seconds`;
  const { cause } = error;
  if (!(cause instanceof Error)) return error.message;
  return cause.message || ("code" in cause ? String(cause.code) : error.message);
}
