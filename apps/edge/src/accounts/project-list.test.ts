import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import type { Created, Project, ProjectPage } from "@bluehour/contract";
import { openJob, summarize } from "@bluehour/core";
import { expect, test } from "vitest";
import { errorOf, openAccount } from "../test-api.ts";
import { Books } from "./books.ts";
import { admissionOf, newJobId } from "./test-admission.ts";

type Account = Awaited<ReturnType<typeof openAccount>>;

const created = async (response: Response) => (await response.json<Created>()).id;
const running = { style: { prompt: "[fault:slow-60000]" }, model: "magic-hour/default" };

/** Gives an account jobs that have long ended, without running any. */
async function addEnded(accountId: string, count: number): Promise<string[]> {
  const admission = await admissionOf({ accountId });
  return runInDurableObject(env.ACCOUNTS.getByName(accountId), (_, { storage }) => {
    const books = new Books(storage);
    return Array.from({ length: count }, (_, index) => {
      // A few of the same millisecond, so that age alone does not tell them apart.
      const createdAt = 1_000 + Math.floor(index / 7);
      const order = { ...books.complete(admission.order, newJobId()), createdAt };
      books.jobs.add(order, admission);
      const summary = summarize(openJob(order, 0));
      const status = index % 10 === 0 ? "error" : "complete";
      books.settle({ ...summary, status, completedAt: 2_000, expiresAt: Date.now() + 1e9 }, { now: 2_000 });
      return order.id;
    });
  });
}

/** Pages through a list to its end. */
async function readAll(account: Account, query: string, between: () => Promise<unknown> = async () => {}) {
  const items: Project[] = [];
  let cursor: string | null = null;
  let pages = 0;
  do {
    const page: ProjectPage = await account.list(`?${query}${cursor ? `&cursor=${cursor}` : ""}`);
    items.push(...page.items);
    cursor = page.next_cursor;
    pages += 1;
    await between();
  } while (cursor !== null);
  return { items, pages };
}

test("10,000 jobs are paged through without gaps or repeats while new ones arrive", async () => {
  const account = await openAccount();
  const ids = await addEnded(account.id, 10_000);
  const arrived: string[] = [];
  const { items, pages } = await readAll(account, "limit=100", async () => {
    if (arrived.length < 20) arrived.push(await created(await account.create()));
  });
  expect(pages).toBe(100);
  expect(items.map(({ id }) => id).toSorted()).toEqual(ids.toSorted());
  const ages = items.map(({ created_at }) => created_at);
  expect(ages).toEqual(ages.toSorted().reverse());
  expect(arrived).toHaveLength(20);
}, 60_000);

test("jobs that are deleted on the way leave no gap either", async () => {
  const account = await openAccount();
  const ids = await addEnded(account.id, 50);
  const seen: string[] = [];
  let cursor: string | null = null;
  do {
    const page: ProjectPage = await account.list(`?limit=7${cursor ? `&cursor=${cursor}` : ""}`);
    for (const { id } of page.items) {
      seen.push(id);
      await runInDurableObject(env.ACCOUNTS.getByName(account.id), (_, { storage }) => {
        const { jobs } = new Books(storage);
        const job = jobs.accountOf(id);
        if (job) jobs.remove(id, job, Date.now());
      });
    }
    cursor = page.next_cursor;
  } while (cursor !== null);
  expect(seen.toSorted()).toEqual(ids.toSorted());
  expect((await account.list()).items).toEqual([]);
});

test("a filter finds all of its status, however few they are among the others", async () => {
  const account = await openAccount();
  await addEnded(account.id, 5_000);
  const failed = await readAll(account, "limit=100&status=error");
  expect(failed.items).toHaveLength(500);
  expect(failed.items.every(({ status }) => status === "error")).toBe(true);
  const canceled = await readAll(account, "limit=100&status=canceled");
  expect(canceled.items).toEqual([]);
  // No page holds up the account by looking through all of them.
  expect(canceled.pages).toBe(3);
});

test("items are what GET gives, of jobs that run and of jobs that have ended, newest first", async () => {
  const account = await openAccount();
  const complete = await created(await account.create(2));
  const renders = await created(await account.create(1, { ...running, name: "runs" }));
  const refused = { model: "magic-hour/default", style: { prompt: "[fault:submit-422] listed" } };
  const failed = await created(await account.create(1, refused));
  await Promise.all([account.ended(complete), account.ended(failed)]);
  const statuses = async () =>
    Object.fromEntries((await account.list()).items.map(({ id, status }) => [id, status]));
  await expect
    .poll(statuses, { timeout: 5_000 })
    .toEqual({ [complete]: "complete", [renders]: "rendering", [failed]: "error" });
  for (const item of (await account.list()).items) {
    const got = await (await account.call(`/v1/image-projects/${item.id}`)).json<Project>();
    // A job that renders may have got on in between.
    expect({ ...item, progress: null }).toEqual({ ...got, progress: null });
  }
  for (const status of ["error", "rendering", "complete"] as const) {
    expect((await account.list(`?status=${status}`)).items.map((item) => item.status)).toEqual([status]);
  }
  expect((await account.list("?status=queued")).items).toEqual([]);
  await account.call(`/v1/image-projects/${renders}`, { method: "DELETE" });
});

test("a job that was deleted is not in the list", async () => {
  const account = await openAccount();
  const id = await created(await account.create());
  await account.ended(id);
  await account.call(`/v1/image-projects/${id}`, { method: "DELETE" });
  expect((await account.list()).items).toEqual([]);
});

test("another account's jobs are not in the list, nor reached by its cursor", async () => {
  const [account, other] = [await openAccount(), await openAccount()];
  await addEnded(account.id, 3);
  await addEnded(other.id, 3);
  const { next_cursor } = await account.list("?limit=1");
  const theirs = (await other.list(`?limit=100&cursor=${next_cursor}`)).items.map(({ id }) => id);
  const own = (await account.list("?limit=100")).items.map(({ id }) => id);
  expect(theirs.filter((id) => own.includes(id))).toEqual([]);
});

test.each(["nonsense", "MS4y", "%00"])("a cursor %s that is not ours is 400", async (cursor) => {
  const account = await openAccount();
  const answer = await errorOf(await account.call(`/v1/image-projects?cursor=${cursor}`));
  expect(answer).toMatchObject({ status: 400, issues: [{ path: "cursor" }] });
});

test("a page is found by an index, not by looking at every job", async () => {
  const { id } = await openAccount();
  const plans = await runInDurableObject(env.ACCOUNTS.getByName(id), (_, { storage }) =>
    ["", "AND created_by = 'x'"].map((own) =>
      storage.sql
        .exec<{ detail: string }>(
          `EXPLAIN QUERY PLAN SELECT id, created_at, status, record FROM jobs
           WHERE deleted = 0 AND (created_at, id) < (1, 'x') ${own} ORDER BY created_at DESC, id DESC`,
        )
        .toArray()
        .map(({ detail }) => detail),
    ),
  );
  expect(plans).toEqual([
    [expect.stringMatching(/^SEARCH jobs USING INDEX jobs_by_age/)],
    [expect.stringMatching(/^SEARCH jobs USING INDEX jobs_of_token/)],
  ]);
});
