import { abortAllDurableObjects, evictDurableObject, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import type { Created, Project } from "@bluehour/contract";
import { describe, expect, test } from "vitest";
import { Books } from "../accounts/books.ts";
import { admissionOf, newJobId } from "../accounts/test-admission.ts";
import { call, create, ended, errorOf, eventsOf, timelineOf } from "../test-api.ts";

const stubOf = (id: string) => env.JOBS.get(env.JOBS.idFromString(id));
const pathOf = (id: string) => `/v1/image-projects/${id}/events`;
const watchersOf = (id: string) => runInDurableObject(stubOf(id), (_, state) => state.getWebSockets().length);
const noted = (id: string, wanted: string) =>
  expect.poll(async () => (await timelineOf(id)).map(({ type }) => type)).toContain(wanted);
const accepted = (id: string) => noted(id, "accepted");

/** All events to the end of the stream. */
async function allEvents(id: string, headers: HeadersInit = {}) {
  const events = await Array.fromAsync(eventsOf(id, headers));
  return { ids: events.map((event) => event.id), projects: events.map(({ project }) => project) };
}

describe.concurrent("the events of a job", () => {
  test("are the job as GET gives it: at once, at each change, until it has ended", async ({ expect }) => {
    const { id } = await create("[fault:slow-500]");
    const response = await call(pathOf(id), { method: "HEAD" });
    expect(response.headers.get("content-type")).toBe("text/event-stream");
    const { ids, projects } = await allEvents(id);
    expect(ids).toEqual([...new Set(ids)].toSorted((a, b) => a - b));
    expect(projects[0]?.status).toMatch(/queued|rendering/);
    expect(projects.map(({ status }) => status)).toContain("rendering");
    expect(projects.at(-1)).toEqual(await (await call(`/v1/image-projects/${id}`)).json());
    expect(projects.at(-1)?.status).toBe("complete");
    const texts = projects.map((project) => JSON.stringify(project));
    expect(new Set(texts).size).toBe(texts.length);
  });

  test("of a job that has ended are one, and none for those who know it", async ({ expect }) => {
    const { id } = await create("Cool image");
    await ended(id);
    const { ids, projects } = await allEvents(id);
    expect(projects.map(({ status }) => status)).toEqual(["complete"]);
    const again = await call(pathOf(id), { headers: { "Last-Event-ID": `${ids[0]}` } });
    expect(again.status).toBe(204);
    for (const wrong of ["", "nonsense", "-1", "1e9", "9".repeat(30), `${Number(ids[0]) + 5_000_000}`]) {
      expect((await allEvents(id, { "Last-Event-ID": wrong })).projects).toEqual(projects);
    }
  });

  test("go on from Last-Event-ID, with nothing told twice", async ({ expect }) => {
    const { id } = await create("[fault:slow-1500]");
    await accepted(id);
    const first = await eventsOf(id).next();
    if (first.done) throw new Error("no event");
    const { ids } = await allEvents(id, { "Last-Event-ID": `${first.value.id}` });
    expect(ids.every((later) => later > first.value.id)).toBe(true);
  });

  test("end when the job is deleted, after a last one that says canceled", async ({ expect }) => {
    const { id } = await create("[fault:slow-60000]");
    const watching = allEvents(id);
    await expect.poll(() => watchersOf(id)).toBe(1);
    expect((await call(`/v1/image-projects/${id}`, { method: "DELETE" })).status).toBe(204);
    expect((await watching).projects.at(-1)?.status).toBe("canceled");
    expect((await call(pathOf(id))).status).toBe(404);
  });

  test("go to any number of watchers alike", async ({ expect }) => {
    const { id } = await create("[fault:slow-500]");
    const all = await Promise.all(Array.from({ length: 50 }, () => allEvents(id)));
    const last = all.map(({ ids, projects }) => [ids.at(-1), projects.at(-1)?.status]);
    expect(new Set(last.map((pair) => pair.join()))).toEqual(new Set([`${last[0]?.[0]},complete`]));
  });

  test.each([
    ["a job that never was", "0".repeat(64)],
    ["no id at all", "nonsense"],
  ])("of %s are 404", async (_, id) => {
    expect(await errorOf(await call(pathOf(id)))).toMatchObject({ status: 404, code: "not_found" });
    expect((await call(pathOf(id), { method: "HEAD" })).status).toBe(404);
  });

  test("cannot be posted", async ({ expect }) => {
    const response = await call(pathOf("x"), { method: "POST" });
    expect([response.status, response.headers.get("allow")]).toEqual([405, "GET, HEAD"]);
  });
});

test("the events of another account's job are 404", async () => {
  const { order } = await admissionOf({ accountId: "somebody-else" });
  const jobId = env.JOBS.newUniqueId();
  await env.JOBS.get(jobId).birth({ ...order, webhooks: [], id: jobId.toString() });
  expect((await call(pathOf(jobId.toString()))).status).toBe(404);
});

test("a job that is not born yet can be watched from its birth to its end", async () => {
  const admission = await admissionOf({ accountId: "default" });
  const id = await runInDurableObject(env.ACCOUNTS.getByName("default"), (_, { storage }) => {
    const admitted = new Books(storage).admit(admission, newJobId, Date.now() - 60_000);
    if (admitted.outcome !== "created") throw new Error(admitted.outcome);
    return admitted.id;
  });
  const { projects } = await allEvents(id);
  expect(projects[0]?.status).toMatch(/queued|rendering/);
  expect(projects.at(-1)?.status).toBe("complete");
});

describe("a process that goes", () => {
  test("an object that sleeps keeps its watchers, and ids go on growing", async () => {
    // Nothing to do for so long that it is not waited out in memory.
    const { id } = await create("[fault:submit-429-wait3]");
    await noted(id, "throttled");
    const watching = allEvents(id);
    await expect.poll(() => watchersOf(id)).toBe(1);
    await evictDurableObject(stubOf(id));
    expect(await watchersOf(id)).toBe(1);
    const { ids, projects } = await watching;
    expect(projects.at(-1)?.status).toBe("complete");
    expect(ids).toEqual([...new Set(ids)].toSorted((a, b) => a - b));
  });

  test("a watcher outlives an object that dies", async () => {
    const { id } = await create("[fault:slow-2500]");
    await accepted(id);
    const watching = allEvents(id);
    await expect.poll(() => watchersOf(id)).toBe(1);
    await abortAllDurableObjects();
    const { projects } = await watching;
    expect(projects.at(-1)?.status).toBe("complete");
  });

  test("what a crash made the job forget is not told under an id that was used", async () => {
    const { id } = await create("[fault:slow-60000]");
    await accepted(id);
    const first = await eventsOf(id).next();
    if (first.done) throw new Error("no event");
    // Three changes that were not durable.
    const seen = first.value.id + 3;
    const next = await eventsOf(id, { "Last-Event-ID": `${seen}` }).next();
    expect(next.value).toMatchObject({ id: seen + 1, project: { status: "rendering" } });
    await call(`/v1/image-projects/${id}`, { method: "DELETE" });
  });
});

describe.concurrent("Prefer: wait", () => {
  const prefer = (seconds: number) => ({ headers: { Prefer: `wait=${seconds}` } });

  test("answers when the job has ended", async ({ expect }) => {
    const { id } = await create("[fault:slow-500]");
    const response = await call(`/v1/image-projects/${id}`, prefer(20));
    expect(response.headers.get("preference-applied")).toBe("wait=20");
    expect((await response.json<Project>()).status).toBe("complete");
  });

  test("answers the job as it is when the time is up, and lets go of it", async ({ expect }) => {
    const { id } = await create("[fault:slow-60000]");
    const response = await call(`/v1/image-projects/${id}`, prefer(1));
    expect((await response.json<Project>()).status).toBe("rendering");
    await expect.poll(() => watchersOf(id)).toBe(0);
    await call(`/v1/image-projects/${id}`, { method: "DELETE" });
  });

  test("with create answers the project", async ({ expect }) => {
    const body = JSON.stringify({ image_count: 1, style: { prompt: "[fault:slow-500]" } });
    const response = await call("/v1/ai-image-generator", { method: "POST", body, ...prefer(20) });
    const { id, project } = await response.json<Created>();
    expect(project).toMatchObject({ id, status: "complete" });
  });
});
