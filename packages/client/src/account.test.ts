import { expect, test } from "vitest";
import { BASE_URL, fakeBluehour, TOKEN } from "../test/fake-bluehour.ts";
import { NotFoundError, ValidationError } from "./errors.ts";
import { createClient } from "./node/create-client.ts";

function setUp() {
  const server = fakeBluehour();
  return createClient({ baseUrl: BASE_URL, token: TOKEN, fetch: server.fetch }).v1.account;
}

test("credits and limits", async () => {
  expect(await setUp().get()).toMatchObject({
    credits: { granted: 100, balance: 95, charged: 5, refunded: 0 },
    limits: { creates_per_minute: 120 },
  });
});

test("browser tokens are issued, listed, and revoked", async () => {
  const { tokens } = setUp();
  const issued = await tokens.create({
    scopes: ["generate", "read"],
    expires_in: 3600,
    max_credits: 50,
    origin: "https://shop.example",
  });
  expect(issued).toMatchObject({ token: "bh_token1", max_credits: 50, origin: "https://shop.example" });
  await tokens.create({ scopes: ["read"], expires_in: 60 });
  expect((await tokens.list()).items.map(({ id }) => id)).toEqual(["token2", "token1"]);
  expect((await tokens.list({ limit: 1 })).items.map(({ id }) => id)).toEqual(["token2"]);
  await tokens.revoke({ id: issued.id });
  await expect(tokens.revoke({ id: issued.id })).rejects.toThrow(NotFoundError);
});

test("a token that would live too long is told by field", async () => {
  const failure = setUp().tokens.create({ scopes: ["read"], expires_in: 1e9 });
  await expect(failure).rejects.toThrow(ValidationError);
  await expect(failure).rejects.toMatchObject({ issues: [{ path: "expires_in" }] });
});
