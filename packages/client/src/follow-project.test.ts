import { beforeEach, expect, test, vi } from "vitest";
import { BASE_URL, fakeBluehour, TOKEN } from "../test/fake-bluehour.ts";
import { rejection } from "../test/rejection.ts";
import { NotFoundError } from "./errors.ts";
import type { Wait } from "./follow-project.ts";
import { createClient } from "./node/create-client.ts";

const request = { image_count: 1, style: { prompt: "Cool image" } };

beforeEach(() => {
  vi.useFakeTimers({
    toFake: ["setTimeout", "clearTimeout", "setInterval", "clearInterval", "performance", "Date"],
  });
  return () => vi.useRealTimers();
});

type Fetch = typeof fetch;

/** A job that somebody follows, `around` meddling with every connection for its events. */
async function setUp({
  around = (fetch: Fetch) => fetch,
  wait,
}: {
  around?: (fetch: Fetch) => Fetch;
  wait?: Wait;
}) {
  const server = fakeBluehour();
  const meddled = around(server.fetch);
  const fetch: Fetch = (input, init) =>
    String(input).endsWith("/events") ? meddled(input, init) : server.fetch(input, init);
  const { v1 } = createClient({ baseUrl: BASE_URL, token: TOKEN, fetch });
  const { id } = await v1.aiImageGenerator.create(request);
  const told: unknown[] = [];
  const result = v1.imageProjects.checkResult(
    { id },
    {
      wait,
      downloadOutputs: false,
      onProgress: ({ status, progress }) => told.push(status === "rendering" ? progress : status),
    },
  );
  await vi.advanceTimersByTimeAsync(10);
  return { server, v1, id, told, result };
}

/** How often each way was asked for. */
function asked({ seen }: ReturnType<typeof fakeBluehour>) {
  const reads = seen.filter(({ path }) => path.startsWith("/v1/image-projects/"));
  return {
    events: reads.filter(({ path }) => path.endsWith("/events")).length,
    held: reads.filter(({ headers }) => headers.has("prefer")).length,
    plain: reads.filter(({ path, headers }) => !path.endsWith("/events") && !headers.has("prefer")).length,
  };
}

/** Cuts each connection after so many chunks; the first of each is a comment. */
function cutAfter(chunks: number): (fetch: Fetch) => Fetch {
  return (fetch) => async (input, init) => {
    const response = await fetch(input, init);
    let left = chunks;
    const cut = new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        if (left-- > 0) controller.enqueue(chunk);
        else controller.error(new TypeError("terminated"));
      },
    });
    return new Response(response.body?.pipeThrough(cut), response);
  };
}

test("changes arrive when they happen, on one connection", async () => {
  const { server, id, told, result } = await setUp({});
  for (const progress of [0.25, 0.5, 0.75]) {
    await vi.advanceTimersByTimeAsync(20_000);
    server.update(id, { status: "rendering", progress });
    await vi.advanceTimersByTimeAsync(0);
    expect(told.at(-1)).toBe(progress);
  }
  server.complete(id);
  await result;
  expect(told).toEqual(["queued", 0.25, 0.5, 0.75, "complete"]);
  expect(asked(server)).toEqual({ events: 1, held: 0, plain: 0 });
});

test("a connection that is cut 20 times goes on where it was; nothing is told twice, nothing missed", async () => {
  const { server, id, told, result } = await setUp({ around: cutAfter(2) });
  for (let step = 1; step <= 20; step++) {
    server.update(id, { status: "rendering", progress: step / 20 });
    await vi.advanceTimersByTimeAsync(1000);
  }
  server.complete(id);
  await vi.advanceTimersByTimeAsync(1000);
  await result;
  expect(told).toEqual(["queued", ...Array.from({ length: 20 }, (_, step) => (step + 1) / 20), "complete"]);
  const { events, held, plain } = asked(server);
  expect(events).toBeGreaterThan(20);
  expect([held, plain]).toEqual([0, 0]);
  const after = server.seen.flatMap(({ headers }) => headers.get("last-event-id") ?? []);
  expect(after).toEqual(after.toSorted((a, b) => Number(a) - Number(b)));
});

const refusals: [string, () => Promise<Response>][] = [
  ["does not know the path", async () => new Response(null, { status: 404 })],
  ["answers a page", async () => new Response("<html>", { headers: { "Content-Type": "text/html" } })],
  ["is out of order", async () => new Response(null, { status: 503 })],
];

test.each(refusals)("where a server %s, it holds its answers", async (_, refuse) => {
  const { server, id, told, result } = await setUp({ around: () => refuse });
  await vi.advanceTimersByTimeAsync(10_000);
  server.complete(id);
  await result;
  expect(told).toEqual(["queued", "complete"]);
  expect(asked(server).held).toBeGreaterThan(1);
  expect(asked(server).plain).toBe(0);
});

test.each<[string, (fetch: Fetch) => Fetch, number]>([
  ["collects what is to arrive at once", () => () => new Promise(() => {}), 8_000],
  ["cuts every connection", () => () => Promise.reject(new TypeError("fetch failed")), 3_500],
])("where something on the way %s, there is another way", async (_, around, withinMs) => {
  const { server, id, result } = await setUp({ around });
  await vi.advanceTimersByTimeAsync(withinMs);
  expect(asked(server).held).toBeGreaterThan(0);
  server.complete(id);
  await vi.advanceTimersByTimeAsync(10);
  expect((await result).status).toBe("complete");
});

test("connections that are cut after their first words are made again, at a decent pace", async () => {
  const { server, id, told, result } = await setUp({ around: cutAfter(2) });
  const { events } = asked(server);
  await vi.advanceTimersByTimeAsync(600_000);
  expect(asked(server).events - events).toBeLessThan(100);
  server.complete(id);
  await vi.advanceTimersByTimeAsync(10_000);
  await result;
  expect(told).toEqual(["queued", "complete"]);
  expect(asked(server).held).toBe(0);
});

test("a connection that has fallen silent is given up", async () => {
  const mute: (fetch: Fetch) => Fetch = (fetch) => async (input, init) => {
    const response = await fetch(input, init);
    const reader = response.body?.getReader();
    let chunks = 0;
    const body = new ReadableStream<Uint8Array>({
      async pull(controller) {
        if (chunks++ >= 2) return new Promise(() => {});
        const { value } = (await reader?.read()) ?? {};
        if (value) controller.enqueue(value);
      },
    });
    return new Response(body, response);
  };
  const { server, id, told, result } = await setUp({ around: mute });
  server.complete(id);
  await vi.advanceTimersByTimeAsync(30_000);
  expect(told).toEqual(["queued"]);
  await vi.advanceTimersByTimeAsync(11_000);
  expect((await result).status).toBe("complete");
});

test('wait: "long-poll" opens no stream', async () => {
  const { server, id, result } = await setUp({ wait: "long-poll" });
  await vi.advanceTimersByTimeAsync(10_000);
  server.complete(id);
  await result;
  expect(asked(server)).toMatchObject({ events: 0, plain: 0 });
});

test("wait: { pollIntervalMs } asks at that interval, and has nothing held", async () => {
  const { server, id, result } = await setUp({ wait: { pollIntervalMs: 2000 } });
  await vi.advanceTimersByTimeAsync(9_000);
  expect(asked(server)).toEqual({ events: 0, held: 0, plain: 5 });
  server.complete(id);
  await vi.advanceTimersByTimeAsync(2_000);
  expect((await result).status).toBe("complete");
});

test("a job that is deleted meanwhile is NotFoundError, with its id", async () => {
  const { server, id, result } = await setUp({});
  const failure = rejection(result, NotFoundError);
  server.jobs.delete(id);
  server.cutAll();
  await vi.advanceTimersByTimeAsync(5000);
  expect((await failure).jobId).toBe(id);
});

test("events are an iteration; leaving it closes the connection and leaves the job alone", async () => {
  const { server, v1, id } = await setUp({ wait: { pollIntervalMs: 1e6 } });
  const statuses: string[] = [];
  for await (const { status } of v1.imageProjects.events({ id })) {
    statuses.push(status);
    if (status === "rendering") break;
    server.update(id, { status: "rendering" });
  }
  expect(statuses).toEqual(["queued", "rendering"]);
  expect(server.watchers).toBe(0);
  expect(server.jobs.get(id)?.status).toBe("rendering");

  server.complete(id);
  for await (const { status } of v1.imageProjects.events({ id })) statuses.push(status);
  expect(statuses).toEqual(["queued", "rendering", "complete"]);
  const iteration = v1.imageProjects.events({ id }, { signal: AbortSignal.abort() });
  await expect(iteration[Symbol.asyncIterator]().next()).rejects.toMatchObject({
    name: "AbortError",
    jobId: id,
  });
});
