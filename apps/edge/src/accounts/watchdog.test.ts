import { abortAllDurableObjects, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import type { Created, Timeline } from "@bluehour/contract";
import { expect, test } from "vitest";
import { openAccount } from "../test-api.ts";
import { Books } from "./books.ts";

const running = { style: { prompt: "[fault:slow-60000]" }, model: "magic-hour/default" };
const accountObject = (id: string) => env.ACCOUNTS.getByName(id);
const jobObject = (id: string) => env.JOBS.get(env.JOBS.idFromString(id));

/** A job that upstream takes a minute for, in an account that has 100 credits. */
async function runningJob() {
  const account = await openAccount(100);
  const { id } = await (await account.create(2, running)).json<Created>();
  const status = async () => (await account.list()).items[0]?.status;
  await expect.poll(status).toBe("rendering");
  return { account, id };
}

/** Kills every process, and does something to the job's storage before anybody drives it again. */
async function afterCrash(
  accountId: string,
  id: string,
  change: (storage: DurableObjectStorage) => unknown,
): Promise<void> {
  await abortAllDurableObjects();
  await runInDurableObject(accountObject(accountId), (_, { storage }) => {
    // As the account does for a job that has been running for a while.
    new Books(storage).jobs.markBorn([id]);
  });
  await runInDurableObject(jobObject(id), async (_, { storage }) => {
    await storage.deleteAlarm();
    await change(storage);
  });
  await abortAllDurableObjects();
}

/** Asks after a job as if its deadline were long past. */
async function watch(accountId: string, id: string): Promise<void> {
  await runInDurableObject(accountObject(accountId), (_, { storage }) => {
    storage.sql.exec("UPDATE jobs SET watch_at = 1 WHERE id = ?", id);
  });
  await runDurableObjectAlarm(accountObject(accountId));
}

const refunded = { granted: 100, balance: 100, charged: 10, refunded: 10 };

test("a job whose alarm is gone is set going again, and ends at its deadline, refunded", async () => {
  const { account, id } = await runningJob();
  await afterCrash(account.id, id, ({ kv }) => {
    const state = kv.get<{ order: object }>("job");
    kv.put("job", { ...state, order: { ...state?.order, deadlineAt: Date.now() } });
  });
  await watch(account.id, id);

  await expect.poll(async () => (await account.account()).credits).toEqual(refunded);
  expect(await account.ended(id)).toMatchObject({ status: "error", error: { code: "timed_out" } });
  const alarm = await runInDurableObject(jobObject(id), (_, { storage }) => storage.getAlarm());
  expect(alarm).not.toBeNull();
});

test("a job whose alarm is gone, but that has time left, goes on to its end", async () => {
  const account = await openAccount(100);
  const slow = { style: { prompt: "[fault:slow-2500] unwatched" }, model: "magic-hour/default" };
  const { id } = await (await account.create(1, slow)).json<Created>();
  await expect.poll(async () => (await account.list()).items[0]?.status).toBe("rendering");
  await afterCrash(account.id, id, () => {});
  await watch(account.id, id);
  // Nobody asks the job: only the watchdog can have brought it back.
  await expect.poll(() => env.IMAGES.head(`${id}-1.png`), { timeout: 10_000 }).not.toBeNull();
});

test("a job that does not know itself any more is refunded as lost, once, and says so", async () => {
  const { account, id } = await runningJob();
  await afterCrash(account.id, id, (storage) => storage.deleteAll());
  await watch(account.id, id);
  await watch(account.id, id);

  expect((await account.account()).credits).toEqual(refunded);
  const path = `/v1/image-projects/${id}`;
  const project = await (await account.call(path)).json();
  expect(project).toMatchObject({ status: "error", credits_charged: 0, error: { code: "internal" } });
  const image = { status: "error", download: null, error: { code: "internal" } };
  expect(project).toMatchObject({ images: [image, image] });
  expect((await account.list()).items).toEqual([project]);
  const timeline = await (await account.call(`${path}/timeline`)).json<Timeline>();
  expect(timeline.items).toEqual([
    expect.objectContaining({ type: "queued" }),
    expect.objectContaining({ type: "errored", reason: "The job was lost" }),
    expect.objectContaining({ type: "refunded", count: 10 }),
  ]);
  expect((await account.post(`${path}/cancel`, {})).status).toBe(409);
  expect((await account.call(path, { method: "DELETE" })).status).toBe(204);
  expect((await account.call(path)).status).toBe(404);
  expect((await account.account()).credits).toEqual(refunded);
});

test("a job that has ended, but whose end never arrived, is settled by asking", async () => {
  const account = await openAccount(100);
  const { id } = await (await account.create(2)).json<Created>();
  await account.ended(id);
  const status = () =>
    runInDurableObject(accountObject(account.id), (_, { storage }) =>
      storage.sql.exec<{ status: string | null }>("SELECT status FROM jobs").one(),
    );
  await expect.poll(status).toEqual({ status: "complete" });
  await runInDurableObject(accountObject(account.id), (_, { storage }) => {
    storage.sql.exec("UPDATE jobs SET status = NULL, watch_at = 1");
  });
  await runDurableObjectAlarm(accountObject(account.id));
  expect(await status()).toEqual({ status: "complete" });
});

test("a live job that is asked after is left alone for a while", async () => {
  const { account, id } = await runningJob();
  await watch(account.id, id);
  const next = await runInDurableObject(accountObject(account.id), (_, { storage }) =>
    storage.sql.exec<{ watch_at: number }>("SELECT watch_at FROM jobs").one(),
  );
  expect(next.watch_at).toBeGreaterThan(Date.now() + 50_000);
  expect((await account.list()).items[0]?.status).toBe("rendering");
  await account.call(`/v1/image-projects/${id}`, { method: "DELETE" });
});

test("every account with an unsettled job has its alarm set", async () => {
  const { account, id } = await runningJob();
  const alarm = () => runInDurableObject(accountObject(account.id), (_, { storage }) => storage.getAlarm());
  expect(await alarm()).not.toBeNull();
  await runDurableObjectAlarm(accountObject(account.id));
  expect(await alarm()).not.toBeNull();
  await account.call(`/v1/image-projects/${id}`, { method: "DELETE" });
});

test("what its job forgot to delete at the end of its retention, the account removes", async () => {
  const account = await openAccount(100);
  const { id } = await (await account.create()).json<Created>();
  await account.ended(id);
  await expect.poll(async () => (await account.list()).items[0]?.status).toBe("complete");
  await afterCrash(account.id, id, (storage) => storage.deleteAll());
  await runInDurableObject(accountObject(account.id), (_, { storage }) => {
    storage.sql.exec("UPDATE jobs SET expires_at = 1");
    storage.kv.delete("sweep_at");
  });
  await runDurableObjectAlarm(accountObject(account.id));
  expect((await account.list()).items).toEqual([]);
});
