import { expect, test } from "vitest";
import { call, callsWith, errorOf, openAccount } from "../test-api.ts";

const operator = callsWith("admin-token");

test("the operator opens accounts that differ, gives them further tokens, and revokes those", async () => {
  const account = await openAccount(10);
  const issued = await operator.post(`/v1/admin/accounts/${account.id}/tokens`, {});
  const { id, token } = await issued.json<{ id: string; token: string }>();
  const second = callsWith(token);
  expect((await second.account()).id).toBe(account.id);
  const path = `/v1/admin/accounts/${account.id}/tokens/${id}`;
  expect((await operator.call(path, { method: "DELETE" })).status).toBe(204);
  expect((await operator.call(path, { method: "DELETE" })).status).toBe(404);
  expect(await errorOf(await second.create())).toMatchObject({ status: 401, message: "Unauthorized" });
  expect((await account.create()).status).toBe(200);
});

test("the operator acts on the account `default`, which is unmetered", async () => {
  expect(await operator.account()).toMatchObject({ id: "default", credits: { balance: null } });
  const added = await operator.post("/v1/admin/accounts/default/credits", { add: 1 });
  expect(await errorOf(added)).toMatchObject({ status: 409, code: "conflict" });
});

test("credits that come with a key are added once, however often it is repeated", async () => {
  const { id } = await openAccount(10);
  const add = (credits: number, key: string) =>
    operator.post(`/v1/admin/accounts/${id}/credits`, { add: credits }, { "Idempotency-Key": key });
  const first = await add(500, "payment-1");
  expect(first.headers.get("idempotent-replayed")).toBeNull();
  expect(await first.json()).toMatchObject({ credits: { granted: 510, balance: 510 } });
  const again = await add(500, "payment-1");
  expect(again.headers.get("idempotent-replayed")).toBe("true");
  expect(await again.json()).toMatchObject({ credits: { granted: 510 } });
  expect(await errorOf(await add(501, "payment-1"))).toMatchObject({
    status: 422,
    code: "idempotency_mismatch",
  });
  expect(await (await add(500, "payment-2")).json()).toMatchObject({ credits: { granted: 1_010 } });
  expect(await errorOf(await add(1, ""))).toMatchObject({ status: 400, code: "invalid_request" });
});

test.each(["0".repeat(32), "nobody", "%2e%2e"])("the operator finds no account %s", async (id) => {
  for (const [path, body] of [
    [`/v1/admin/accounts/${id}/credits`, { add: 1 }],
    [`/v1/admin/accounts/${id}/tokens`, {}],
  ] as const) {
    expect((await operator.post(path, body)).status).toBe(404);
  }
});

test("the operator is who alone may call /v1/admin", async () => {
  const account = await openAccount(10);
  for (const [path, body] of [
    ["/v1/admin/accounts", { name: "n", credits: null }],
    [`/v1/admin/accounts/${account.id}/credits`, { add: 1_000 }],
    [`/v1/admin/accounts/${account.id}/tokens`, {}],
  ] as const) {
    expect(await errorOf(await account.post(path, body))).toMatchObject({ status: 403, code: "forbidden" });
  }
  expect((await call("/v1/admin/accounts", { method: "POST", headers: { Authorization: "" } })).status).toBe(
    401,
  );
});
