import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeEach, expect, test, vi } from "vitest";
import { BASE_URL, fakeBluehour, TOKEN } from "../test/fake-bluehour.ts";
import { IMAGE } from "../test/fake-project.ts";
import { rejection } from "../test/rejection.ts";
import { temporaryDirectory } from "../test/temporary-directory.ts";
import { AbortError, CanceledError, GenerationFailedError, TimeoutError } from "./errors.ts";
import { createClient } from "./node/create-client.ts";

const request = { image_count: 2, style: { prompt: "Cool image" } };
const LONG_POLL = { wait: "long-poll", timeoutMs: 60_000 } as const;
const createPath = "/v1/ai-image-generator";

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance", "Date"] });
  return () => vi.useRealTimers();
});

/** A fake server and a client of it; `around` may meddle with the requests in between. */
function setUp(around = (fetch: typeof globalThis.fetch) => fetch) {
  const server = fakeBluehour();
  const { v1 } = createClient({ baseUrl: BASE_URL, token: TOKEN, fetch: around(server.fetch) });
  return { server, v1 };
}

test("generate creates, waits, and saves each image under its own name", async () => {
  const { server, v1 } = setUp();
  const downloadDirectory = join(await temporaryDirectory(), "new");
  const generating = v1.aiImageGenerator.generate(request, { downloadDirectory });
  await vi.advanceTimersByTimeAsync(5000);
  server.complete("job1", 2);
  const result = await generating;

  expect(result.status).toBe("complete");
  expect(result.downloaded_paths).toEqual([
    join(downloadDirectory, "job1-0.png"),
    join(downloadDirectory, "job1-1.png"),
  ]);
  expect(result.files).toEqual([]);
  for (const path of result.downloaded_paths) expect(new Uint8Array(await readFile(path))).toEqual(IMAGE);
  const [create, events, ...downloads] = server.seen;
  expect(create?.headers.get("idempotency-key")).toMatch(/^[0-9a-f]{32}$/);
  expect(events?.path).toBe("/v1/image-projects/job1/events");
  expect(downloads.map(({ headers }) => headers.get("authorization"))).toEqual([null, null]);
});

test("a create whose answer is lost is sent again with the same key, and makes one job", async () => {
  let lost = 0;
  const { server, v1 } = setUp((fetch) => async (input, init) => {
    const response = await fetch(input, init);
    if (lost++ < 2) throw new TypeError("fetch failed", { cause: new Error("read ECONNRESET") });
    return response;
  });
  const creating = v1.aiImageGenerator.create(request);
  await vi.advanceTimersByTimeAsync(5000);
  expect((await creating).id).toBe("job1");
  expect(server.jobs.size).toBe(1);
  expect(new Set(server.seen.map(({ headers }) => headers.get("idempotency-key"))).size).toBe(1);
});

test("create sends the caller's key", async () => {
  const { server, v1 } = setUp();
  await v1.aiImageGenerator.create(request, { idempotencyKey: "mine" });
  expect(server.seen[0]?.headers.get("idempotency-key")).toBe("mine");
});

test("by long-polling, without onProgress, each request is held 25 seconds", async () => {
  const { server, v1 } = setUp();
  const failure = rejection(v1.aiImageGenerator.generate(request, LONG_POLL), TimeoutError);
  await vi.advanceTimersByTimeAsync(60_000);
  const error = await failure;
  expect(error).toMatchObject({
    jobId: "job1",
    message: expect.stringContaining('resume("job1")'),
  });
  const waits = server.seen.slice(1).map(({ headers }) => headers.get("prefer"));
  expect(waits).toEqual(["wait=25", "wait=25", "wait=25"]);
  expect(server.jobs.get("job1")?.status).toBe("queued");
});

test.each([Number.POSITIVE_INFINITY, 2 ** 31])(
  "timeoutMs %d, further than timers go, is no limit",
  async (timeoutMs) => {
    const { v1 } = setUp();
    const caller = new AbortController();
    const options = { wait: "long-poll", timeoutMs, signal: caller.signal } as const;
    const failure = rejection(v1.aiImageGenerator.generate(request, options), AbortError);
    await vi.advanceTimersByTimeAsync(60_000);
    caller.abort();
    await failure;
  },
);

test("a server that ignores Prefer is not polled without pause", async () => {
  const { server, v1 } = setUp((fetch) => (input, init) => {
    const headers = new Headers(init?.headers);
    headers.delete("prefer");
    return fetch(input, { ...init, headers });
  });
  const failure = rejection(v1.aiImageGenerator.generate(request, LONG_POLL), TimeoutError);
  await vi.advanceTimersByTimeAsync(60_000);
  await failure;
  expect(server.seen.length).toBeGreaterThan(20);
  expect(server.seen.length).toBeLessThan(50);
});

test("onProgress is told of the job at once, and of every change once", async () => {
  const { server, v1 } = setUp();
  const told: unknown[] = [];
  const generating = v1.aiImageGenerator.generate(request, {
    downloadOutputs: false,
    onProgress: ({ status, progress }) => told.push([status, progress]),
  });
  await vi.advanceTimersByTimeAsync(10);
  expect(told).toEqual([["queued", 0]]);
  server.update("job1", { status: "rendering", progress: 0.5 });
  await vi.advanceTimersByTimeAsync(20_000);
  server.complete("job1");
  await vi.advanceTimersByTimeAsync(10);
  await generating;
  expect(told).toEqual([
    ["queued", 0],
    ["rendering", 0.5],
    ["complete", 0.5],
  ]);
  expect(server.seen.length).toBe(2);
});

test("an aborted signal ends the call at once and cancels the job", async () => {
  const { server, v1 } = setUp();
  const controller = new AbortController();
  const failure = rejection(v1.aiImageGenerator.generate(request, { signal: controller.signal }), AbortError);
  await vi.advanceTimersByTimeAsync(1000);
  controller.abort(new Error("enough"));
  const error = await failure;
  expect(error).toMatchObject({ name: "AbortError", jobId: "job1", cause: { message: "enough" } });
  expect(await error.cancellation).toBe(true);
  expect(server.jobs.get("job1")?.status).toBe("canceled");
});

test("a job whose create is still under way when the signal aborts is canceled once its id is known", async () => {
  const answer = Promise.withResolvers<void>();
  const { server, v1 } = setUp((fetch) => async (input, init) => {
    const response = await fetch(input, init);
    if (String(input).endsWith(createPath)) await answer.promise;
    return response;
  });
  const controller = new AbortController();
  const failure = rejection(v1.aiImageGenerator.generate(request, { signal: controller.signal }), AbortError);
  await vi.advanceTimersByTimeAsync(10);
  controller.abort();
  const error = await failure;
  expect(server.jobs.get("job1")?.status).toBe("queued");
  answer.resolve();
  expect(await error.cancellation).toBe(true);
  expect(server.jobs.get("job1")?.status).toBe("canceled");
});

test("detachOnAbort leaves the job running", async () => {
  const { server, v1 } = setUp();
  const controller = new AbortController();
  const options = { signal: controller.signal, detachOnAbort: true };
  const failure = rejection(v1.aiImageGenerator.generate(request, options), AbortError);
  await vi.advanceTimersByTimeAsync(1000);
  controller.abort();
  expect(await (await failure).cancellation).toBe(false);
  expect(server.jobs.get("job1")?.status).toBe("queued");
  expect(server.seen.some(({ path }) => path.endsWith("/cancel"))).toBe(false);
});

test("resume waits for a job, and saves its images", async () => {
  const { server, v1 } = setUp();
  const { id } = await v1.aiImageGenerator.create(request);
  const resuming = v1.aiImageGenerator.resume(id, { downloadDirectory: await temporaryDirectory() });
  await vi.advanceTimersByTimeAsync(1000);
  server.complete(id, 2);
  expect((await resuming).downloaded_paths).toHaveLength(2);
  expect(server.jobs.size).toBe(1);
});

test("what is resumed is canceled by an abort like what was generated, unless detached", async () => {
  const { server, v1 } = setUp();
  const { id } = await v1.aiImageGenerator.create(request);
  const abort = async (detachOnAbort: boolean) => {
    const controller = new AbortController();
    const options = { signal: controller.signal, detachOnAbort };
    const failure = rejection(v1.aiImageGenerator.resume(id, options), AbortError);
    await vi.advanceTimersByTimeAsync(1000);
    controller.abort();
    const error = await failure;
    expect(error.jobId).toBe(id);
    return error.cancellation;
  };
  expect(await abort(true)).toBe(false);
  expect(server.jobs.get(id)?.status).toBe("queued");
  expect(await abort(false)).toBe(true);
  expect(server.jobs.get(id)?.status).toBe("canceled");
});

test("a signal that was aborted before sends nothing", async () => {
  const { server, v1 } = setUp();
  const failure = await rejection(
    v1.aiImageGenerator.generate(request, { signal: AbortSignal.abort() }),
    AbortError,
  );
  expect(failure).toMatchObject({ name: "AbortError" });
  expect(server.seen).toEqual([]);
});

test("jobs that end badly are errors that carry the project", async () => {
  const { server, v1 } = setUp();
  const failed = rejection(v1.aiImageGenerator.generate(request), GenerationFailedError);
  const canceled = rejection(v1.aiImageGenerator.generate(request), CanceledError);
  await vi.advanceTimersByTimeAsync(10);
  server.update("job1", { status: "error", error: { code: "content_rejected", message: "No" } });
  server.update("job2", { status: "canceled" });
  expect(await failed).toMatchObject({ jobId: "job1", code: "content_rejected", project: { id: "job1" } });
  expect(await canceled).toMatchObject({ jobId: "job2", project: { status: "canceled" } });
});

test("without waiting, generate answers the job as it is", async () => {
  const { server, v1 } = setUp();
  const result = await v1.aiImageGenerator.generate(request, { waitForCompletion: false });
  expect(result).toMatchObject({ id: "job1", status: "queued", downloaded_paths: [], files: [] });
  expect(server.seen[1]?.headers.get("prefer")).toBe(null);
});
