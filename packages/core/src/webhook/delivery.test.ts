import { expect, test } from "vitest";
import { afterAttempt, DELIVERY_PATIENCE_MS, type DeliveryProgress, newDelivery } from "./delivery.ts";
import { retryDelayMs } from "./retry-delay.ts";

const refused = { status: 500, latencyMs: 20, error: "500" };
const received = { status: 204, latencyMs: 20, error: null };

/** Tries a delivery against a receiver that is down until a moment. */
function deliver(downUntil: number) {
  let delivery: DeliveryProgress = newDelivery(0);
  let receiver: unknown = null;
  while (delivery.nextTryAt !== null) {
    const at = delivery.nextTryAt;
    const attempt = { at, ...(at < downUntil ? refused : received) };
    ({ delivery, receiver } = afterAttempt(delivery, attempt, 0.5));
  }
  return { delivery, receiver };
}

test("any 2xx is received", () => {
  expect(deliver(0)).toMatchObject({ delivery: { status: "delivered", tries: 1 }, receiver: "active" });
});

test.each([1, 4, 12, 23])("a receiver that is down for %s hours gets it within the hour after", (hours) => {
  const { delivery, receiver } = deliver(hours * 3_600_000);
  expect(delivery.status).toBe("delivered");
  expect((delivery.attempts.at(-1)?.at ?? 0) - hours * 3_600_000).toBeLessThan(3_600_000);
  expect(receiver).toBe("active");
});

test("it is tried for at least 24 hours, then given up and the receiver called failing", () => {
  const { delivery, receiver } = deliver(Number.POSITIVE_INFINITY);
  expect(delivery.status).toBe("failed");
  expect(receiver).toBe("failing");
  expect(delivery.attempts.at(-1)?.at).toBeGreaterThanOrEqual(DELIVERY_PATIENCE_MS - 100);
  expect(delivery.tries).toBeLessThan(40);
  expect(delivery.attempts.length).toBeLessThanOrEqual(20);
});

test("410 gives it up at once, and its receiver", () => {
  const { delivery, receiver } = afterAttempt(newDelivery(0), { ...refused, at: 0, status: 410 }, 0);
  expect([delivery.status, receiver]).toEqual(["failed", "disabled"]);
});

test("the pauses grow from seconds to an hour, with jitter", () => {
  expect([1, 2, 3, 4, 5, 6, 30].map((tries) => retryDelayMs(tries, 1))).toEqual([
    5_000, 20_000, 80_000, 320_000, 1_280_000, 3_600_000, 3_600_000,
  ]);
  expect(retryDelayMs(1, 0)).toBe(3_750);
});
