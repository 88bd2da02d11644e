import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import type { Account, Created } from "@bluehour/contract";
import { describe, expect, test } from "vitest";
import { callsWith, errorOf, openAccount } from "../test-api.ts";
import { Books } from "./books.ts";
import { admissionOf, newJobId } from "./test-admission.ts";

const operator = callsWith("admin-token");

describe.concurrent("credits", () => {
  test("are charged at create, by the model's price", async ({ expect }) => {
    const account = await openAccount(1_000);
    const priced = { style: { prompt: "p", quality_mode: "pro" }, model: "magic-hour/default" };
    expect(await (await account.create(2)).json()).toMatchObject({ credits_charged: 10, frame_cost: 10 });
    expect(await (await account.create(1, priced)).json()).toMatchObject({ credits_charged: 30 });
    const dear = { model: "nano-banana-pro", resolution: "1k" };
    expect(await (await account.create(1, dear)).json()).toMatchObject({ credits_charged: 150 });
    expect((await account.account()).credits).toMatchObject({ granted: 1_000, balance: 810, charged: 190 });
  });

  test("that do not suffice are 402, saying how many are needed and left, and nothing is charged", async ({
    expect,
  }) => {
    const account = await openAccount(12);
    expect((await account.create(2)).status).toBe(200);
    const refused = await errorOf(await account.create(1));
    expect(refused).toMatchObject({
      status: 402,
      code: "insufficient_credits",
      message: "Not enough credits: 5 needed, 2 left",
    });
    expect((await account.account()).credits).toMatchObject({ balance: 2, charged: 10 });
    expect((await account.list()).items).toHaveLength(1);
  });

  test("of images that fail are refunded, in the account and in credits_charged", async ({ expect }) => {
    const account = await openAccount(100);
    const faulty = async (fault: string, imageCount: number) => {
      const change = { style: { prompt: `${fault} credited` }, model: "magic-hour/default" };
      const { id } = await (await account.create(imageCount, change)).json<Created>();
      return account.ended(id);
    };
    expect(await faulty("[fault:fewer-1]", 3)).toMatchObject({ status: "complete", credits_charged: 5 });
    expect(await faulty("[fault:submit-422]", 2)).toMatchObject({ status: "error", credits_charged: 0 });
    await expect
      .poll(async () => (await account.account()).credits)
      .toEqual({ granted: 100, balance: 95, charged: 25, refunded: 20 });
  });

  test("of a canceled and of a deleted job are refunded once", async ({ expect }) => {
    const account = await openAccount(100);
    const running = async () => {
      const change = { style: { prompt: "[fault:slow-60000]" }, model: "magic-hour/default" };
      return (await (await account.create(1, change)).json<Created>()).id;
    };
    const path = `/v1/image-projects/${await running()}`;
    expect((await account.post(`${path}/cancel`, {})).status).toBe(200);
    expect((await account.post(`${path}/cancel`, {})).status).toBe(409);
    expect((await account.call(path, { method: "DELETE" })).status).toBe(204);
    expect((await account.call(`/v1/image-projects/${await running()}`, { method: "DELETE" })).status).toBe(
      204,
    );
    await expect
      .poll(async () => (await account.account()).credits)
      .toEqual({ granted: 100, balance: 100, charged: 10, refunded: 10 });
    await expect.poll(async () => (await account.list()).items).toEqual([]);
  });

  test("of an unmetered account are counted, and never refuse", async ({ expect }) => {
    const account = await openAccount(null);
    expect((await account.create(2)).status).toBe(200);
    expect((await account.account()).credits).toEqual({
      granted: null,
      balance: null,
      charged: 10,
      refunded: 0,
    });
  });

  test("can be added by the operator", async ({ expect }) => {
    const account = await openAccount(0);
    expect((await account.create()).status).toBe(402);
    const added = await operator.post(`/v1/admin/accounts/${account.id}/credits`, { add: 5 });
    expect((await added.json<Account>()).credits.balance).toBe(5);
    expect((await account.create()).status).toBe(200);
    expect((await account.create()).status).toBe(402);
  });
});

test("64 creates at once: each is answered, charged and listed, and credits are spent to the last", async () => {
  const account = await openAccount(50 * 5);
  const answers = await Promise.all(Array.from({ length: 64 }, () => account.create()));
  const statuses = answers.map(({ status }) => status);
  expect(statuses.filter((status) => status === 200)).toHaveLength(50);
  expect(statuses.filter((status) => status === 402)).toHaveLength(14);
  const created = await Promise.all(
    answers.filter(({ ok }) => ok).map(async (answer) => (await answer.json<Created>()).id),
  );
  expect(new Set(created).size).toBe(50);
  expect((await account.account()).credits).toMatchObject({ balance: 0, charged: 250, refunded: 0 });
  const { items } = await account.list("?limit=100");
  expect(new Set(items.map(({ id }) => id))).toEqual(new Set(created));
});

test("a create writes few rows: they are what an account costs", async () => {
  const account = await openAccount(1_000);
  const admission = await admissionOf({ accountId: account.id, key: "counted" });
  const written = await runInDurableObject(env.ACCOUNTS.getByName(account.id), (_, { storage }) => {
    const books = new Books(countRows(storage));
    rows = 0;
    books.admit({ ...admission, tokenId: null }, newJobId, Date.now());
    return rows;
  });
  // The job, its place by age, among the unsettled and by key; and the account's row.
  expect(written).toBe(5);
});

let rows = 0;

/** The same storage, counting what is written. */
function countRows(storage: DurableObjectStorage): DurableObjectStorage {
  const exec: SqlStorage["exec"] = (query, ...bindings) => {
    const cursor = storage.sql.exec(query, ...bindings);
    rows += cursor.rowsWritten;
    // The type of the rows is the caller's to say, as with the real one.
    return cursor as never;
  };
  return {
    sql: { exec },
    kv: storage.kv,
    transactionSync: storage.transactionSync.bind(storage),
  } as unknown as DurableObjectStorage;
}
