import { runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import { orderJob } from "../order-job.ts";
import { readSettings } from "../settings.ts";
import { call, create, ended, errorOf } from "../test-api.ts";
import type { AccountObject } from "./account-object.ts";
import type { Admission } from "./admission.ts";
import { JobLedger } from "./job-ledger.ts";

const path = "/v1/ai-image-generator";
const quick = { model: "sketch/default", resolution: "640px" } as const;
const body = JSON.stringify({ image_count: 1, style: { prompt: "Cool image" }, ...quick });
const post = (key: string, text = body) =>
  call(path, { method: "POST", body: text, headers: { "Idempotency-Key": key } });

async function admission(key: string | undefined, accountId = "default"): Promise<Admission> {
  const request = {
    image_count: 1,
    ...quick,

    style: { prompt: "Cool image", tool: "general" as const, quality_mode: "standard" as const },
  };
  return orderJob({ accountId }, request, readSettings(env), {
    now: Date.now(),
    seed: 1,
    idempotencyKey: key,
  });
}

test("the same key and body answer the first response again", async () => {
  const first = await post("same");
  const second = await post("same");
  expect(first.headers.has("idempotent-replayed")).toBe(false);
  expect(second.headers.get("idempotent-replayed")).toBe("true");
  expect(await second.json()).toEqual(await first.json());
});

test("the order of keys, and keys nobody knows, do not make another body", async () => {
  const first = await (await post("order")).json();
  const shuffled = { style: { prompt: "Cool image" }, unknown: 1, ...quick, image_count: 1 };
  expect(await (await post("order", JSON.stringify(shuffled))).json()).toEqual(first);
});

test("the same key with another body is refused", async () => {
  await post("other");
  const other = JSON.stringify({ ...JSON.parse(body), image_count: 2 });
  expect(await errorOf(await post("other", other))).toMatchObject({
    status: 422,
    code: "idempotency_mismatch",
  });
});

test("50 simultaneous identical requests make one job", async () => {
  const answers = await Promise.all(Array.from({ length: 50 }, async () => (await post("rush")).json()));
  expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
});

test("without a key every request is a job of its own", async () => {
  expect((await create("Cool image", quick)).id).not.toBe((await create("Cool image", quick)).id);
});

test("a key is free again after 24 hours", async () => {
  const stub = env.ACCOUNTS.getByName("expiry");
  const request = await admission("daily", "expiry");
  await runInDurableObject(stub, (_, { storage }) => {
    const ledger = new JobLedger(storage);
    const now = Date.now();
    const newId = () => env.JOBS.newUniqueId().toString();
    expect(ledger.admit(request, newId, now).outcome).toBe("created");
    expect(ledger.admit(request, newId, now + 86_399_000).outcome).toBe("replayed");
    expect(ledger.admit(request, newId, now + 86_401_000).outcome).toBe("created");
  });
});

/** What is left of a process that died between the answer and the birth. */
async function admittedButUnborn(accountId: string): Promise<string> {
  const request = await admission(undefined, accountId);
  return runInDurableObject(env.ACCOUNTS.getByName(accountId), async (_, { storage }) => {
    const long_ago = Date.now() - 60_000;
    const admitted = new JobLedger(storage).admit(request, () => env.JOBS.newUniqueId().toString(), long_ago);
    if (admitted.outcome !== "created") throw new Error(admitted.outcome);
    await storage.setAlarm(Date.now() + 60_000);
    return admitted.id;
  });
}

test("a job whose process died between the answer and its birth is born by the account's alarm", async () => {
  const id = await admittedButUnborn("crashed");
  const job = env.JOBS.get(env.JOBS.idFromString(id));
  expect(await job.read("crashed")).toBeNull();
  await runDurableObjectAlarm(env.ACCOUNTS.getByName("crashed"));
  await expect.poll(async () => (await job.read("crashed"))?.status, { timeout: 20_000 }).toBe("complete");
});

test("a read of a job that is not born yet hurries its birth", async () => {
  const id = await admittedButUnborn("default");
  expect((await ended(id)).status).toBe("complete");
});

test("a job that was deleted is not born again, even if the answer to its birth was lost", async () => {
  const id = await admittedButUnborn("deleted");
  const due = await runInDurableObject(
    env.ACCOUNTS.getByName("deleted"),
    (instance: AccountObject, { storage }) => {
      instance.settle({ jobId: id, status: "canceled", creditsRefunded: 5, deleted: true });
      return new JobLedger(storage).dueBirths(Date.now() + 3_600_000, 10);
    },
  );
  expect(due).toEqual([]);
});

test("a birth that is repeated changes nothing", async () => {
  const { order } = await admission(undefined);
  const jobId = env.JOBS.newUniqueId();
  const job = env.JOBS.get(jobId);
  await job.birth({ ...order, id: jobId.toString() });
  const first = await job.read("default");
  await job.birth({ ...order, id: jobId.toString(), createdAt: 0 });
  expect((await job.read("default"))?.createdAt).toBe(first?.createdAt);
});

test("another account's job does not exist", async () => {
  const { order } = await admission(undefined, "owner");
  const jobId = env.JOBS.newUniqueId();
  await env.JOBS.get(jobId).birth({ ...order, id: jobId.toString() });
  const path = `/v1/image-projects/${jobId}`;
  for (const [suffix, method] of [
    ["", "GET"],
    ["", "DELETE"],
    ["/cancel", "POST"],
    ["/timeline", "GET"],
  ]) {
    expect((await call(`${path}${suffix}`, { method: method ?? "" })).status).toBe(404);
  }
});

test("the account learns how each job ended", async () => {
  const { id } = await create("Cool image", { ...quick, image_count: 2 });
  await ended(id);
  const row = () =>
    runInDurableObject(env.ACCOUNTS.getByName("default"), (_, { storage }) =>
      storage.sql
        .exec("SELECT status, credits_charged, credits_refunded, job_order FROM jobs WHERE id = ?", id)
        .one(),
    );
  await expect
    .poll(row)
    .toEqual({ status: "complete", credits_charged: 10, credits_refunded: 0, job_order: null });
});
