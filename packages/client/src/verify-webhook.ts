import type { Project } from "@bluehour/contract";
import { BluehourError } from "./errors.ts";

/** What a webhook tells: what happened, and the job as `get` answers it. */
export interface JobEvent {
  /** What happened. */
  readonly type: "image.started" | "image.completed" | "image.errored" | "image.canceled";
  /** The job as it was then. */
  readonly payload: Project;
}

/** What `webhooks.test` sends: it means nothing. */
export interface TestEvent {
  /** Tells it from what is to be acted on. */
  readonly type: "webhook.test";
  /** Nothing of a job. */
  readonly payload: {
    /** The endpoint it was sent to. */
    readonly webhook_id: string;
  };
}

/** Told apart by `type`. */
export type WebhookEvent = JobEvent | TestEvent;

/** A delivery as frameworks hand it out: the headers, and the body as it was received, before any parsing. */
export interface WebhookDelivery {
  /** `fetch`'s, or those of Node's `IncomingMessage`. In a plain object, their names are in lower case. */
  readonly headers: Headers | Readonly<Record<string, string | readonly string[] | undefined>>;
  /** The raw body: one that was parsed and written anew is another. */
  readonly body: string | Uint8Array<ArrayBuffer>;
}

/** The delivery is not to be believed, or is too old. Answer it with 400, and do nothing else. */
export class WebhookVerificationError extends BluehourError {
  override readonly name = "WebhookVerificationError";
}

/** How far a delivery's time may be from ours, in milliseconds and either way, as Standard Webhooks has it. */
const TOLERANCE_MS = 5 * 60_000;

const HMAC = { name: "HMAC", hash: "SHA-256" };

/**
 * Makes sure that a webhook comes from your Worker, unchanged, and sent within five minutes of now. The signatures are
 * compared in constant time, by the platform. Deliveries are repeated until you answer 2xx: an id (`webhook-id`) may come
 * twice.
 *
 * @param delivery - a `Request`, whose body is read, or headers and raw body
 * @param secret - the endpoint's, `whsec_…`, as it was shown when the endpoint was created
 * @param now - milliseconds since the Unix epoch. Default: the clock's
 * @throws WebhookVerificationError if it is not genuine, TypeError if the secret is none
 * @see https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 * @example
 * const { type, payload } = await verifyWebhook({ headers, body: rawBody }, secret);
 * if (type === "image.completed") console.log(payload.downloads.map(({ url }) => url));
 */
export async function verifyWebhook(
  delivery: Request | WebhookDelivery,
  secret: string,
  now: number = Date.now(),
): Promise<WebhookEvent> {
  const key = base64(secret.replace(/^whsec_/, ""));
  if (!key?.length) throw new TypeError("The webhook secret is not base64, with whsec_ before it");

  const id = header(delivery, "webhook-id");
  const timestamp = header(delivery, "webhook-timestamp");
  const signatures = header(delivery, "webhook-signature").split(" ");
  const isRecent = /^\d+$/.test(timestamp) && Math.abs(now - Number(timestamp) * 1000) <= TOLERANCE_MS;
  if (!isRecent) throw new WebhookVerificationError(`The time of the webhook is not now: ${timestamp}`);

  const body = delivery instanceof Request ? await delivery.arrayBuffer() : bytesOf(delivery.body);
  const signed = await new Blob([`${id}.${timestamp}.`, body]).arrayBuffer();
  const hmac = await crypto.subtle.importKey("raw", key, HMAC, false, ["verify"]);
  for (const signature of signatures) {
    const bytes = signature.startsWith("v1,") ? base64(signature.slice(3)) : undefined;
    if (bytes && (await crypto.subtle.verify(HMAC, hmac, bytes, signed))) return parse(body);
  }
  throw new WebhookVerificationError(
    "No signature of the webhook is right: is this the secret of that endpoint?",
  );
}

/** @throws WebhookVerificationError if it is missing */
function header({ headers }: Pick<WebhookDelivery, "headers">, name: string): string {
  const value = headers instanceof Headers ? headers.get(name) : headers[name];
  if (typeof value !== "string" || !value) throw new WebhookVerificationError(`The webhook has no ${name}`);
  return value;
}

function bytesOf(body: string | Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  return typeof body === "string" ? new TextEncoder().encode(body) : body;
}

/** What is signed was made by the Worker; its shape is the Worker's word. */
function parse(body: ArrayBuffer | Uint8Array<ArrayBuffer>): WebhookEvent {
  return JSON.parse(new TextDecoder().decode(body)) as WebhookEvent;
}

/** @returns undefined for what is not base64 */
function base64(text: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  } catch {
    return undefined;
  }
}
