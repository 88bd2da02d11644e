import { beforeEach, expect, test, vi } from "vitest";
import { BASE_URL, fakeBluehour, TOKEN } from "../test/fake-bluehour.ts";
import { temporaryDirectory } from "../test/temporary-directory.ts";
import { ConflictError, NotFoundError, ValidationError } from "./errors.ts";
import { createClient } from "./node/create-client.ts";

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance", "Date"] });
  return () => vi.useRealTimers();
});

/** A job that was created; `loseFirst` loses the first answer to requests of that method. */
async function setUp(loseFirst = "none") {
  const server = fakeBluehour();
  let lost = false;
  const { v1 } = createClient({
    baseUrl: BASE_URL,
    token: TOKEN,
    fetch: async (input, init) => {
      const response = await server.fetch(input, init);
      if (init?.method !== loseFirst || lost) return response;
      lost = true;
      throw new TypeError("fetch failed");
    },
  });
  const { id } = await createClient({
    baseUrl: BASE_URL,
    token: TOKEN,
    fetch: server.fetch,
  }).v1.aiImageGenerator.create({ image_count: 1, style: { prompt: "p" } });
  return { server, id, projects: v1.imageProjects };
}

test("get, cancel and delete", async () => {
  const { projects, id } = await setUp();
  expect((await projects.get({ id })).status).toBe("queued");
  expect((await projects.cancel({ id })).status).toBe("canceled");
  await expect(projects.cancel({ id })).rejects.toThrow(ConflictError);
  await projects.delete({ id });
  const failure = projects.get({ id });
  await expect(failure).rejects.toThrow(NotFoundError);
  await expect(failure).rejects.toMatchObject({ jobId: id, status: 404, requestId: expect.any(String) });
});

test("a cancel whose answer was lost is no conflict", async () => {
  const { projects, id } = await setUp("POST");
  const canceling = projects.cancel({ id });
  await vi.advanceTimersByTimeAsync(1000);
  expect((await canceling).status).toBe("canceled");
});

test("a delete whose answer was lost is a success", async () => {
  const { projects, id, server } = await setUp("DELETE");
  const deleting = projects.delete({ id });
  await vi.advanceTimersByTimeAsync(1000);
  await deleting;
  expect(server.jobs.size).toBe(0);
});

test("checkResult picks up a job and downloads it; an abort leaves it alone", async () => {
  const { projects, id, server } = await setUp();
  const controller = new AbortController();
  const watching = projects.checkResult({ id }, { signal: controller.signal });
  controller.abort();
  await expect(watching).rejects.toMatchObject({ name: "AbortError", jobId: id });
  expect(server.jobs.get(id)?.status).toBe("queued");

  server.complete(id);
  const result = await projects.checkResult({ id }, { downloadDirectory: await temporaryDirectory() });
  expect(result.downloaded_paths).toHaveLength(1);
});

test.each(["", ".", ".."])("%j is not an id, and reaches no other path", async (id) => {
  const { projects, server } = await setUp();
  const before = server.seen.length;
  await expect(projects.delete({ id })).rejects.toThrow(ValidationError);
  expect(server.seen).toHaveLength(before);
});

test("an id with a slash stays one segment", async () => {
  const { projects, server } = await setUp();
  await expect(projects.get({ id: "a/../../b" })).rejects.toThrow(NotFoundError);
  expect(server.seen.at(-1)?.path).toBe("/v1/image-projects/a%2F..%2F..%2Fb");
});

test("jobs are listed newest first, by page and status", async () => {
  const { server, projects } = await setUp();
  const { v1 } = createClient({ baseUrl: BASE_URL, token: TOKEN, fetch: server.fetch });
  for (let count = 2; count <= 5; count++) {
    await v1.aiImageGenerator.create({ image_count: 1, style: { prompt: "p" } });
  }
  server.complete("job2");
  const first = await projects.list({ limit: 2 });
  expect(first.items.map(({ id }) => id)).toEqual(["job5", "job4"]);
  const second = await projects.list({ limit: 2, cursor: first.next_cursor ?? "" });
  expect(second.items.map(({ id }) => id)).toEqual(["job3", "job2"]);
  expect((await projects.list({ status: "complete" })).items.map(({ id }) => id)).toEqual(["job2"]);
  expect((await projects.list()).next_cursor).toBe(null);
});

test("listAll goes through all pages, and asks for no more than are looked at", async () => {
  const { server, projects } = await setUp();
  const { v1 } = createClient({ baseUrl: BASE_URL, token: TOKEN, fetch: server.fetch });
  for (let count = 2; count <= 5; count++) {
    await v1.aiImageGenerator.create({ image_count: 1, style: { prompt: "p" } });
  }
  const ids: string[] = [];
  for await (const { id } of projects.listAll({ limit: 2 })) ids.push(id);
  expect(ids).toEqual(["job5", "job4", "job3", "job2", "job1"]);
  const pages = () => server.seen.filter(({ path }) => path === "/v1/image-projects").length;
  expect(pages()).toBe(3);
  for await (const { id } of projects.listAll({ limit: 2, cursor: "2" })) {
    expect(id).toBe("job3");
    break;
  }
  expect(pages()).toBe(4);
});
