import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import type { Created } from "@bluehour/contract";
import { openJob, summarize } from "@bluehour/core";
import { expect, test } from "vitest";
import { callsWith, create, ended, errorOf, OPERATOR, openAccount } from "../test-api.ts";
import type { AccountObject } from "./account-object.ts";
import { Books } from "./books.ts";
import { admissionOf, newJobId, openBooks } from "./test-admission.ts";

const quick = { model: "sketch/default", resolution: "640px" } as const;
const operator = callsWith("admin-token");
const post = (key: string, imageCount = 1, change: object = {}) =>
  operator.create(imageCount, change, { "Idempotency-Key": key });

test("the same key and body answer the first response again", async () => {
  const first = await post("same");
  const second = await post("same");
  expect(first.headers.has("idempotent-replayed")).toBe(false);
  expect(second.headers.get("idempotent-replayed")).toBe("true");
  expect(await second.json()).toEqual(await first.json());
});

test("the order of keys, and keys nobody knows, do not make another body", async () => {
  const first = await (await post("order")).json();
  const shuffled = { resolution: quick.resolution, unknown: 1, style: { prompt: "p" } };
  expect(await (await post("order", 1, shuffled)).json()).toEqual(first);
});

test("the same key with another body is refused", async () => {
  await post("other");
  expect(await errorOf(await post("other", 2))).toMatchObject({ status: 422, code: "idempotency_mismatch" });
});

test("50 simultaneous identical requests make one job, one charge and 50 equal answers", async () => {
  const account = await openAccount(7);
  const rush = async () => {
    const response = await account.create(1, {}, { "Idempotency-Key": "rush" });
    return `${response.status} ${await response.text()}`;
  };
  const answers = await Promise.all(Array.from({ length: 50 }, rush));
  expect(new Set(answers).size).toBe(1);
  expect(answers[0]).toMatch(/^200 /);
  expect((await account.account()).credits).toMatchObject({ balance: 2, charged: 5 });
  expect((await account.list()).items).toHaveLength(1);
});

test("without a key every request is a job of its own", async () => {
  expect((await create("Cool image", quick)).id).not.toBe((await create("Cool image", quick)).id);
});

test("a key is free again after 24 hours", async () => {
  const request = await admissionOf({ accountId: "expiry", key: "daily" });
  await runInDurableObject(env.ACCOUNTS.getByName("expiry"), (_, { storage }) => {
    const books = openBooks(storage, null);
    const now = request.order.createdAt;
    const outcomes = [now, now + 86_399_000, now + 86_401_000, now + 86_402_000].map(
      (at) => books.admit({ ...request, order: { ...request.order, createdAt: at } }, newJobId, at).outcome,
    );
    expect(outcomes).toEqual(["created", "replayed", "created", "replayed"]);
  });
});

test("a key outlives the job that was made under it", async () => {
  const account = await openAccount(5);
  const headers = { "Idempotency-Key": "kept" };
  const { id } = await (await account.create(1, {}, headers)).json<Created>();
  await account.ended(id);
  expect((await account.call(`/v1/image-projects/${id}`, { method: "DELETE" })).status).toBe(204);
  const replay = await account.create(1, {}, headers);
  expect(replay.headers.get("idempotent-replayed")).toBe("true");
  expect((await replay.json<Created>()).id).toBe(id);
  expect((await account.list()).items).toEqual([]);
});

/** What is left of a process that died between the answer and the birth. */
async function admittedButUnborn(accountId: string): Promise<string> {
  const request = await admissionOf({ accountId });
  return runInDurableObject(env.ACCOUNTS.getByName(accountId), async (_, { storage }) => {
    const admitted = openBooks(storage, null).admit(request, newJobId, Date.now());
    if (admitted.outcome !== "created") throw new Error(admitted.outcome);
    await storage.setAlarm(Date.now() + 60_000);
    return admitted.id;
  });
}

test("a job whose process died between the answer and its birth is born by the account's alarm", async () => {
  const { id: accountId } = await openAccount();
  const id = await admittedButUnborn(accountId);
  const job = env.JOBS.get(env.JOBS.idFromString(id));
  const viewer = { ...OPERATOR, accountId };
  expect(await job.read(viewer)).toBeNull();
  await evictDurableObject(env.ACCOUNTS.getByName(accountId));
  await runDurableObjectAlarm(env.ACCOUNTS.getByName(accountId));
  await expect.poll(async () => (await job.read(viewer))?.status, { timeout: 20_000 }).toBe("complete");
});

test("a read of a job that is not born yet hurries its birth", async () => {
  const id = await admittedButUnborn("default");
  expect((await ended(id)).status).toBe("complete");
});

test("a job that was deleted is not born again, even if the answer to its birth was lost", async () => {
  const id = await admittedButUnborn("deleted");
  await runInDurableObject(env.ACCOUNTS.getByName("deleted"), (instance: AccountObject, { storage }) => {
    const [listed] = instance.list(
      { ...OPERATOR, accountId: "deleted" },
      { limit: 1, after: null, status: null },
    ).jobs;
    expect(listed).toEqual({ id, summary: null });
    const order = new Books(storage).jobs.order(id);
    if (!order) throw new Error("no order");
    instance.settle({ ...summarize(openJob(order, 0)), status: "canceled", creditsRefunded: 5 }, true);
    expect(new Books(storage).jobs.unborn()).toEqual([]);
  });
});

test("a birth that is repeated changes nothing", async () => {
  const { order } = await admissionOf({ accountId: "default" });
  const jobId = env.JOBS.newUniqueId();
  const job = env.JOBS.get(jobId);
  await job.birth({ ...order, webhooks: [], id: jobId.toString() });
  const first = await job.read(OPERATOR);
  await job.birth({ ...order, webhooks: [], id: jobId.toString(), createdAt: 0 });
  expect((await job.read(OPERATOR))?.createdAt).toBe(first?.createdAt);
});

test("the account learns how each job ended", async () => {
  const { id } = await create("Cool image", { ...quick, image_count: 2 });
  await ended(id);
  const row = () =>
    runInDurableObject(env.ACCOUNTS.getByName("default"), (_, { storage }) =>
      storage.sql.exec("SELECT status, credits_charged, credits_refunded FROM jobs WHERE id = ?", id).one(),
    );
  await expect.poll(row).toEqual({ status: "complete", credits_charged: 10, credits_refunded: 0 });
});
