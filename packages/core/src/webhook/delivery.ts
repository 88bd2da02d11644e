import { retryDelayMs } from "./retry-delay.ts";

/** What happened to a job, as receivers hear of it. */
export const WEBHOOK_EVENTS = [
  "image.started",
  "image.completed",
  "image.errored",
  "image.canceled",
] as const;
export type WebhookEvent = (typeof WEBHOOK_EVENTS)[number];

/** How long an event is tried to be delivered, in milliseconds, counted from its first try. */
export const DELIVERY_PATIENCE_MS = 24 * 3_600_000;

/** Tries that a delivery remembers: the latest. */
const MAX_REMEMBERED = 20;

/** How one try went. */
export interface DeliveryAttempt {
  /** Milliseconds since the Unix epoch. */
  readonly at: number;
  /** The receiver's HTTP status; null if none came. */
  readonly status: number | null;
  readonly latencyMs: number;
  /** Why it does not count as received; null if it does. */
  readonly error: string | null;
}

/** How far an event has come on its way to one receiver. */
export interface DeliveryProgress {
  readonly status: "pending" | "delivered" | "failed";
  /** Tries so far. */
  readonly tries: number;
  readonly firstTriedAt: number | null;
  /** Milliseconds since the Unix epoch; null when it is not tried any more. */
  readonly nextTryAt: number | null;
  /** The latest, oldest first. */
  readonly attempts: readonly DeliveryAttempt[];
}

/** What a try says about the receiver: it listens, it wants no more, or it was out of reach for too long. */
export type ReceiverState = "active" | "disabled" | "failing";

/** An event that is due at once. */
export function newDelivery(now: number): DeliveryProgress {
  return { status: "pending", tries: 0, firstTriedAt: null, nextTryAt: now, attempts: [] };
}

/**
 * What becomes of a delivery after a try: received with any 2xx; given up with 410, by which a receiver says that it is
 * gone, or when it was tried for 24 hours; and else tried again, later and later.
 *
 * @param random - 0 up to 1
 * @returns the delivery, and what is now known of its receiver; null where nothing is
 * @see https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 */
export function afterAttempt(
  delivery: DeliveryProgress,
  attempt: DeliveryAttempt,
  random: number,
): { delivery: DeliveryProgress; receiver: ReceiverState | null } {
  const now = attempt.at + attempt.latencyMs;
  const tries = delivery.tries + 1;
  const firstTriedAt = delivery.firstTriedAt ?? attempt.at;
  const attempts = [...delivery.attempts, attempt].slice(-MAX_REMEMBERED);
  const tried = { tries, firstTriedAt, attempts };
  if (attempt.error === null) {
    return { delivery: { ...tried, status: "delivered", nextTryAt: null }, receiver: "active" };
  }
  if (attempt.status === 410) {
    return { delivery: { ...tried, status: "failed", nextTryAt: null }, receiver: "disabled" };
  }
  if (now >= firstTriedAt + DELIVERY_PATIENCE_MS) {
    return { delivery: { ...tried, status: "failed", nextTryAt: null }, receiver: "failing" };
  }
  const nextTryAt = now + retryDelayMs(tries, random);
  return { delivery: { ...tried, status: "pending", nextTryAt }, receiver: null };
}
