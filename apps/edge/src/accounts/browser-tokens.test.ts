import type { BrowserToken, Created, IssuedBrowserToken, Page } from "@bluehour/contract";
import { describe, expect, test } from "vitest";
import { callsWith, errorOf, openAccount } from "../test-api.ts";

const everything = { scopes: ["generate", "read", "upload"], expires_in: 3600 };

async function issue(account: Awaited<ReturnType<typeof openAccount>>, change: object = {}) {
  const response = await account.post("/v1/account/tokens", { ...everything, ...change });
  if (!response.ok) throw new Error(await response.text());
  const issued = await response.json<IssuedBrowserToken>();
  return { issued, ...callsWith(issued.token) };
}

const created = async (response: Response) => (await response.json<Created>()).id;

test("a browser token says what it may do, and until when", async () => {
  const account = await openAccount();
  const { issued } = await issue(account, { max_credits: 20, origin: "https://shop.example" });
  expect(issued).toMatchObject({
    scopes: ["generate", "read", "upload"],
    max_credits: 20,
    origin: "https://shop.example",
    credits_charged: 0,
  });
  const life = Date.parse(issued.expires_at) - Date.parse(issued.created_at);
  expect(life).toBe(3_600_000);
});

test("it sees only the jobs that it created; the account sees all", async () => {
  const account = await openAccount();
  const [one, other] = [await issue(account), await issue(account)];
  const own = await created(await one.create());
  const others = [await created(await other.create()), await created(await account.create())];
  expect((await one.list()).items.map(({ id }) => id)).toEqual([own]);
  expect((await account.list()).items).toHaveLength(3);
  expect((await one.ended(own)).status).toBe("complete");
  for (const id of others) {
    for (const [suffix, method] of [
      ["", "GET"],
      ["", "DELETE"],
      ["/cancel", "POST"],
      ["/timeline", "GET"],
    ] as const) {
      expect((await one.call(`/v1/image-projects/${id}${suffix}`, { method })).status).toBe(404);
    }
    expect((await account.ended(id)).status).toBe("complete");
  }
});

test("its idempotency keys are its own: no page is answered with another's job", async () => {
  const account = await openAccount();
  const headers = { "Idempotency-Key": "1" };
  const [one, other] = [await issue(account), await issue(account)];
  const ids = await Promise.all(
    [one, other, account].map(async (caller) => created(await caller.create(1, {}, headers))),
  );
  expect(new Set(ids).size).toBe(3);
  expect(await created(await one.create(1, {}, headers))).toBe(ids[0]);
});

test("it does nothing but its scopes, and never manages the account", async () => {
  const account = await openAccount();
  const reader = await issue(account, { scopes: ["read"] });
  const creator = await issue(account, { scopes: ["generate"] });
  expect(await errorOf(await reader.create())).toMatchObject({ status: 403, code: "forbidden" });
  const id = await created(await creator.create());
  expect((await creator.call(`/v1/image-projects/${id}`)).status).toBe(403);
  for (const path of ["/v1/account", "/v1/account/tokens"]) {
    expect((await reader.call(path)).status).toBe(403);
  }
  expect((await reader.post("/v1/account/tokens", everything)).status).toBe(403);
  expect((await reader.post("/v1/admin/accounts", { name: "n", credits: null })).status).toBe(403);
});

test("it is accepted from its own page only", async () => {
  const account = await openAccount();
  const bound = await issue(account, { origin: "https://shop.example" });
  const from = (Origin?: string) =>
    bound.call("/v1/image-projects", { headers: Origin === undefined ? {} : { Origin } });
  expect((await from("https://shop.example")).status).toBe(200);
  for (const origin of ["https://evil.example", "https://shop.example.evil.example", "null", undefined]) {
    expect(await errorOf(await from(origin))).toMatchObject({ status: 403, code: "forbidden" });
  }
});

test("it stops at its cap, and refunds make room again", async () => {
  const account = await openAccount(100);
  const capped = await issue(account, { max_credits: 10 });
  const running = { style: { prompt: "[fault:slow-60000]" }, model: "magic-hour/default" };
  const id = await created(await capped.create(2, running));
  const refused = await errorOf(await capped.create());
  expect(refused).toMatchObject({ status: 402, message: "Not enough credits: 5 needed, 0 left" });
  expect((await account.create()).status).toBe(200);
  await capped.post(`/v1/image-projects/${id}/cancel`, {});
  await expect.poll(async () => (await capped.create()).status).toBe(200);
});

test("many creates at once do not get past its cap", async () => {
  const account = await openAccount();
  const capped = await issue(account, { max_credits: 15 });
  const answers = await Promise.all(Array.from({ length: 20 }, () => capped.create()));
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(3);
  expect(answers.filter(({ status }) => status === 402)).toHaveLength(17);
});

test("it expires", async () => {
  const account = await openAccount();
  const brief = await issue(account, { expires_in: 2 });
  expect((await brief.call("/v1/image-projects")).status).toBe(200);
  await expect.poll(async () => (await brief.create()).status, { timeout: 5_000 }).toBe(401);
  expect((await brief.call("/v1/image-projects")).status).toBe(401);
});

describe("the account's own token", () => {
  const listed = async (account: Awaited<ReturnType<typeof openAccount>>, query = "") =>
    (await account.call(`/v1/account/tokens${query}`)).json<Page<BrowserToken>>();

  test("lists those that stand, newest first, page by page, without the tokens themselves", async () => {
    const account = await openAccount();
    const ids: string[] = [];
    for (let count = 0; count < 5; count++) ids.unshift((await issue(account)).issued.id);
    const first = await listed(account, "?limit=3");
    const second = await listed(account, `?limit=3&cursor=${first.next_cursor}`);
    const found = [...first.items, ...second.items];
    expect(new Set(found.map(({ id }) => id))).toEqual(new Set(ids));
    expect(found.map(({ created_at }) => created_at)).toEqual(
      found
        .map(({ created_at }) => created_at)
        .sort()
        .reverse(),
    );
    expect(second.next_cursor).toBeNull();
    expect(JSON.stringify(found)).not.toContain("bh_");
  });

  test("revokes one at once for creates, and what it spent is known until then", async () => {
    const account = await openAccount();
    const browser = await issue(account);
    expect((await browser.create()).status).toBe(200);
    expect((await listed(account)).items[0]).toMatchObject({ id: browser.issued.id, credits_charged: 5 });
    const path = `/v1/account/tokens/${browser.issued.id}`;
    expect((await account.call(path, { method: "DELETE" })).status).toBe(204);
    expect((await browser.create()).status).toBe(401);
    expect((await browser.call("/v1/image-projects")).status).toBe(401);
    expect((await listed(account)).items).toEqual([]);
    expect((await account.call(path, { method: "DELETE" })).status).toBe(404);
  });

  test("revokes none of another account, nor an account's own", async () => {
    const [account, other] = [await openAccount(), await openAccount()];
    const browser = await issue(account);
    const path = `/v1/account/tokens/${browser.issued.id}`;
    expect((await other.call(path, { method: "DELETE" })).status).toBe(404);
    expect((await browser.create()).status).toBe(200);
  });
});
