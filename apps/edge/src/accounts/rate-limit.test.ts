import { evictDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import type { ErrorBody } from "@bluehour/contract";
import { expect, test } from "vitest";
import worker from "../index.ts";
import { openAccount } from "../test-api.ts";

/** A Worker whose operator allows two creates a minute. */
const strict = { ...env, RATE_LIMIT_PER_MINUTE: "2" };
const create = (token: string, headers: HeadersInit = {}) =>
  worker.fetch(
    new Request("https://bluehour.test/v1/ai-image-generator", {
      method: "POST",
      headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/json", ...headers },
      body: JSON.stringify({ image_count: 1, style: { prompt: "p" }, model: "sketch/default" }),
    }),
    strict,
  );

test("the rate limit refuses what is too much, says when to come back, and charges nothing for it", async () => {
  const account = await openAccount(100);
  const first = await create(account.token);
  expect(first.headers.get("ratelimit-policy")).toBe('"create";q=2;w=60');
  expect(first.headers.get("ratelimit")).toMatch(/^"create";r=1;t=(2\d|30)$/);
  expect((await create(account.token)).status).toBe(200);

  const refused = await create(account.token);
  expect(refused.status).toBe(429);
  expect(refused.headers.get("ratelimit")).toMatch(/^"create";r=0;t=(2\d|30)$/);
  expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(19);
  expect(await refused.json<ErrorBody>()).toMatchObject({ code: "rate_limited" });
  expect((await account.account()).credits).toMatchObject({ balance: 90, charged: 10 });
});

test("the rate limit leaves other accounts alone, survives the object's death, and lets replays through", async () => {
  const [busy, other] = [await openAccount(100), await openAccount(100)];
  await create(busy.token, { "Idempotency-Key": "k" });
  await create(busy.token);
  await evictDurableObject(env.ACCOUNTS.getByName(busy.id));
  expect((await create(busy.token)).status).toBe(429);
  expect((await create(busy.token, { "Idempotency-Key": "k" })).status).toBe(200);
  expect((await create(other.token)).status).toBe(200);
});
