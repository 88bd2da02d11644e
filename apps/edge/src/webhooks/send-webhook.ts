import { type DeliveryAttempt, ProviderError } from "@bluehour/core";
import { withinLimit } from "../within-limit.ts";
import { signatureHeaders } from "./webhook-signature.ts";

/** How long a receiver may take to answer, in milliseconds. */
const ANSWER_LIMIT_MS = 10_000;

/** An event on its way to a receiver. */
export interface WebhookMessage {
  /** The same at every try, and at every receiver. */
  readonly id: string;
  /** JSON, as it is signed. */
  readonly body: string;
}

/**
 * Sends an event once. Redirects are not followed: they could lead anywhere.
 *
 * @param fetch - checks the host
 * @param secrets - those that are good, newest first
 * @returns how it went; never throws
 */
export async function sendWebhook(
  url: string,
  { id, body }: WebhookMessage,
  secrets: readonly [string, ...string[]],
  fetch: (url: string, init: RequestInit) => Promise<Response>,
): Promise<DeliveryAttempt> {
  const at = Date.now();
  const timestamp = Math.floor(at / 1000);
  const ended = (status: number | null, error: string | null): DeliveryAttempt => ({
    at,
    status,
    latencyMs: Date.now() - at,
    error,
  });
  try {
    const signatures = await signatureHeaders(secrets, { id, timestamp, body });
    const response = await withinLimit(ANSWER_LIMIT_MS, (signal) =>
      fetch(url, {
        method: "POST",
        headers: { "content-type": "application/json", "user-agent": "Bluehour", ...signatures },
        body,
        redirect: "manual",
        signal,
      }),
    );
    await response.body?.cancel();
    return ended(response.status, response.ok ? null : `The receiver answered ${response.status}`);
  } catch (error) {
    if (error instanceof ProviderError) return ended(null, error.message);
    const late = error instanceof DOMException && error.name === "TimeoutError";
    return ended(null, late ? "No answer within 10 seconds" : "The connection failed");
  }
}
