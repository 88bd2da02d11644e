import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import type { Created, IssuedBrowserToken } from "@bluehour/contract";
import { expect, test, vi } from "vitest";
import { call, callsWith, openAccount } from "../test-api.ts";

test("another account's job does not exist, whatever is asked of it", async () => {
  const [owner, stranger] = [await openAccount(), await openAccount()];
  const { id } = await (await owner.create()).json<Created>();
  await owner.ended(id);
  const path = `/v1/image-projects/${id}`;
  const strangers = [stranger, callsWith("admin-token")];
  for (const { call: ask } of strangers) {
    for (const [suffix, method] of [
      ["", "GET"],
      ["", "DELETE"],
      ["/cancel", "POST"],
      ["/timeline", "GET"],
    ] as const) {
      const answer = await ask(`${path}${suffix}`, { method });
      expect(answer.status).toBe(404);
      expect(await answer.json()).toMatchObject({ message: "Not Found", code: "not_found" });
    }
  }
  expect((await owner.ended(id)).status).toBe("complete");
});

test("an account spends and starves nobody else", async () => {
  const [poor, rich] = [await openAccount(0), await openAccount(5)];
  const answers = await Promise.all(Array.from({ length: 20 }, () => poor.create()));
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([402]));
  expect((await rich.create()).status).toBe(200);
  expect((await rich.account()).credits.balance).toBe(0);
});

test("no token gets into logs, errors, timelines, the bucket or what is stored", async () => {
  const logged: string[] = [];
  for (const level of ["log", "info", "warn", "error", "debug"] as const) {
    vi.spyOn(console, level).mockImplementation((...line) => void logged.push(line.join(" ")));
  }
  const account = await openAccount(100);
  const issued = await account.post("/v1/account/tokens", { scopes: ["generate", "read"], expires_in: 60 });
  const { token } = await issued.json<IssuedBrowserToken>();
  const browser = callsWith(token);
  const seen: string[] = [];
  for (const caller of [account, browser]) {
    const { id } = await (await caller.create()).json<Created>();
    await caller.ended(id);
    seen.push(await (await caller.call(`/v1/image-projects/${id}/timeline`)).text());
    const image = await env.IMAGES.head(`${id}-1.png`);
    seen.push(JSON.stringify([image?.customMetadata, image?.httpMetadata]));
  }
  for (const path of ["/v1/account/nothing", "/v1/image-projects/x", "/v1/account", "/v1/admin/accounts"]) {
    seen.push(await (await browser.call(path)).text());
  }
  const bodies = await account.post("/v1/ai-image-generator", { image_count: 0 });
  seen.push(await bodies.text(), await (await account.call("/v1/account/tokens")).text());
  const stored = await runInDurableObject(env.ACCOUNTS.getByName(account.id), (_, { storage }) =>
    ["account", "tokens", "jobs"].map((table) => storage.sql.exec(`SELECT * FROM ${table}`).toArray()),
  );
  expect(stored.map((rows) => rows.length)).toEqual([1, 2, 2]);
  seen.push(JSON.stringify(stored));
  vi.restoreAllMocks();

  expect(logged.length).toBeGreaterThan(0);
  for (const secret of [account.token, token, "admin-token"]) {
    // Neither the whole, nor the signature that makes it worth something.
    const parts = [secret, secret.split(".").at(-1) ?? secret];
    for (const text of [...logged, ...seen]) {
      for (const part of parts) expect(text.includes(part)).toBe(false);
    }
  }
});

test("a wrong token is told nothing, whatever it looks like", async () => {
  const account = await openAccount();
  const almost = `${account.token.slice(0, -2)}AA`;
  for (const token of [almost, "bh_", "admin-toke", "admin-tokenn", "a".repeat(10_000)]) {
    const answer = await call("/v1/account", { headers: { Authorization: `Bearer ${token}` } });
    expect(answer.status).toBe(401);
    expect(await answer.json()).toMatchObject({ message: "Unauthorized", code: "unauthorized" });
  }
});
