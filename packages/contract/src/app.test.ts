import { hc } from "hono/client";
import { expect, onTestFinished, test, vi } from "vitest";
import { ApiError } from "./api-error.ts";
import type { AppType } from "./app.ts";
import { appWith, CREATED, headers, PROJECT } from "./test-app.ts";

const body = JSON.stringify({ image_count: 1, style: { prompt: "Cool image" } });
const create = "/v1/ai-image-generator";

test("create answers Magic Hour's body and where the job is", async () => {
  const { app, calls } = appWith();
  const response = await app.request(create, { method: "POST", headers, body });
  expect(response.status).toBe(200);
  expect(await response.json()).toEqual(CREATED);
  expect(response.headers.get("location")).toBe("/v1/image-projects/job1");
  expect(calls[0]?.[1]).toEqual({
    image_count: 1,
    model: "default",
    resolution: "auto",
    style: { prompt: "Cool image", tool: "general", quality_mode: "standard" },
  });
});

test("create with Prefer: wait carries the project", async () => {
  const { app, calls } = appWith();
  const response = await app.request(create, {
    method: "POST",
    headers: { ...headers, Prefer: "wait=99" },
    body,
  });
  expect(response.headers.get("preference-applied")).toBe("wait=60");
  expect(await response.json()).toEqual({ ...CREATED, project: PROJECT });
  expect(calls[1]?.[2]).toBe(60_000);
});

test("events are the project under an id, from Last-Event-ID on", async () => {
  const { app, calls } = appWith();
  const path = "/v1/image-projects/job1/events";
  const response = await app.request(path, { headers: { ...headers, "Last-Event-ID": "6" } });
  expect(response.headers.get("content-type")).toBe("text/event-stream");
  expect(await response.text()).toBe(`: \n\nid: 7\nevent: project\ndata: ${JSON.stringify(PROJECT)}\n\n`);
  expect(calls[0]?.[2]).toMatchObject({ lastEventId: "6" });
});

test("who has seen the end is told to stay away, with 204", async () => {
  const { app } = appWith({ watchProject: async () => null });
  expect((await app.request("/v1/image-projects/job1/events", { headers })).status).toBe(204);
});

test("HEAD of events watches nothing", async () => {
  const { app, calls } = appWith();
  const response = await app.request("/v1/image-projects/job1/events", { method: "HEAD", headers });
  expect(response.headers.get("content-type")).toBe("text/event-stream");
  expect(calls).toEqual([[expect.objectContaining({ accountId: "default" }), "job1", 0]]);
});

test("a reader whose token is revoked meanwhile is told no more", async () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  let stands = true;
  const { app } = appWith({
    stands: async () => stands,
    watchProject: async (_principal, _id, { signal }) =>
      (async function* () {
        await new Promise((resolve) => signal.addEventListener("abort", resolve));
      })(),
  });
  const response = await app.request("/v1/image-projects/job1/events", { headers });
  const reader = response.body?.getReader();
  await reader?.read();
  stands = false;
  const next = reader?.read();
  await vi.advanceTimersByTimeAsync(15_000);
  expect((await next)?.done).toBe(true);
});

test("while nothing happens a comment is sent every 15 seconds, until the reader goes away", async () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  let watching: AbortSignal | undefined;
  const { app } = appWith({
    watchProject: async (_principal, _id, { signal }) => {
      watching = signal;
      return (async function* () {
        await new Promise(() => {});
      })();
    },
  });
  const response = await app.request("/v1/image-projects/job1/events", { headers });
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  expect((await reader?.read())?.value).toBe(": \n\n");
  const next = reader?.read();
  await vi.advanceTimersByTimeAsync(15_000);
  expect((await next)?.value).toBe(": \n\n");
  await reader?.cancel();
  expect(watching?.aborted).toBe(true);
  expect(vi.getTimerCount()).toBe(0);
});

test("a replayed create says so", async () => {
  const { app } = appWith({ createImage: async () => ({ created: CREATED, replayed: true }) });
  const response = await app.request(create, { method: "POST", headers, body });
  expect(response.headers.get("idempotent-replayed")).toBe("true");
});

test.each<[string, string, RequestInit, number, string]>([
  [
    "no token",
    create,
    { method: "POST", body, headers: { "Content-Type": "application/json" } },
    401,
    "unauthorized",
  ],
  [
    "a wrong token",
    create,
    { method: "POST", headers: { ...headers, Authorization: "Bearer x" } },
    401,
    "unauthorized",
  ],
  ["an empty body", create, { method: "POST", headers }, 400, "invalid_request"],
  ["broken JSON", create, { method: "POST", headers, body: "{" }, 400, "invalid_request"],
  [
    "another type",
    create,
    { method: "POST", headers: { ...headers, "Content-Type": "text/plain" }, body },
    415,
    "unsupported_media_type",
  ],
  [
    "a body over 1 MiB",
    create,
    { method: "POST", headers, body: " ".repeat(2 ** 20 + 1) },
    413,
    "payload_too_large",
  ],
  [
    "an empty Idempotency-Key",
    create,
    { method: "POST", headers: { ...headers, "Idempotency-Key": "" }, body },
    400,
    "invalid_request",
  ],
  [
    "an Idempotency-Key over 255 characters",
    create,
    { method: "POST", headers: { ...headers, "Idempotency-Key": "k".repeat(256) }, body },
    400,
    "invalid_request",
  ],
  ["an unknown path", "/v1/nothing", { headers }, 404, "not_found"],
  ["an unknown path outside v1", "/nothing", {}, 404, "not_found"],
  ["a wrong method", create, { method: "PUT", headers, body }, 405, "method_not_allowed"],
])("%s is answered %s with the error shape", async (_, path, init, status, code) => {
  const { app, calls } = appWith();
  const response = await app.request(path, init);
  expect(response.status).toBe(status);
  const answer = (await response.json()) as Record<string, unknown>;
  expect(answer).toMatchObject({ code, message: expect.any(String) });
  expect(answer["request_id"]).toBe(response.headers.get("x-request-id"));
  expect(calls).toEqual([]);
});

test("401 has Magic Hour's message", async () => {
  const response = await appWith().app.request("/v1/image-projects/x");
  expect(await response.json()).toMatchObject({ message: "Unauthorized" });
});

test("a wrong method is told the right ones", async () => {
  const response = await appWith().app.request("/v1/image-projects/x", { method: "PATCH", headers });
  expect(response.headers.get("allow")?.split(", ").sort()).toEqual(["DELETE", "GET", "HEAD"]);
});

test.each<[string, object, string]>([
  ["no images", { image_count: 0 }, "image_count"],
  ["17 images", { image_count: 17 }, "image_count"],
  ["half an image", { image_count: 1.5 }, "image_count"],
  ["an empty prompt", { style: { prompt: "" } }, "style.prompt"],
  ["a prompt over 15,000 characters", { style: { prompt: "p".repeat(15_001) } }, "style.prompt"],
  ["a misspelt tool", { style: { prompt: "p", tool: "ai-anime" } }, "style.tool"],
  ["an unknown aspect ratio", { aspect_ratio: "4:3" }, "aspect_ratio"],
  ["an unknown resolution", { resolution: "8k" }, "resolution"],
])("%s is 400, naming the field", async (_, change, path) => {
  const wrong = JSON.stringify({ image_count: 1, style: { prompt: "p" }, ...change });
  const response = await appWith().app.request(create, { method: "POST", headers, body: wrong });
  expect(response.status).toBe(400);
  const answer = (await response.json()) as { issues: { path: string }[]; message: string };
  expect(answer.issues.map((issue) => issue.path)).toEqual([path]);
  expect(answer.message).toContain(path);
});

test("a key we do not know is ignored", async () => {
  const request = JSON.stringify({ ...JSON.parse(body), from_the_future: 1 });
  const response = await appWith().app.request(create, { method: "POST", headers, body: request });
  expect(response.status).toBe(200);
});

test("an unexpected error is reported, and its details stay inside", async () => {
  const failure = new Error("secret detail");
  const { app, unexpected } = appWith({ getProject: () => Promise.reject(failure) });
  const response = await app.request("/v1/image-projects/x", { headers });
  expect(response.status).toBe(500);
  expect(await response.text()).not.toContain("secret");
  expect(unexpected).toEqual([failure]);
});

test("a browser of another origin may read answers and errors", async () => {
  const { app } = appWith();
  const preflight = await app.request(create, {
    method: "OPTIONS",
    headers: { Origin: "https://shop.example", "Access-Control-Request-Method": "POST" },
  });
  expect(preflight.status).toBe(204);
  expect(preflight.headers.get("access-control-allow-headers")).toContain("Idempotency-Key");
  const error = await app.request("/v1/image-projects/x", { headers: { Origin: "https://shop.example" } });
  expect(error.status).toBe(401);
  expect(error.headers.get("access-control-allow-origin")).toBe("*");
  expect(error.headers.get("access-control-expose-headers")).toContain("X-Request-Id");
});

test("the typed client reaches every route", async () => {
  const { app } = appWith({
    cancelProject: () => Promise.reject(new ApiError("conflict")),
  });
  const rpc = hc<AppType>("http://bluehour.test", { headers, fetch: app.request.bind(app) });
  const created = await rpc.v1["ai-image-generator"].$post({
    json: { image_count: 1, style: { prompt: "Cool image" } },
  });
  if (!created.ok) throw new Error((await created.json()).code);
  const param = { id: (await created.json()).id };
  const projects = rpc.v1["image-projects"][":id"];
  expect((await projects.$get({ param })).status).toBe(200);
  expect((await projects.$delete({ param })).status).toBe(204);
  expect((await projects.timeline.$get({ param })).status).toBe(200);
  const canceled = await projects.cancel.$post({ param });
  expect(canceled.ok ? null : (await canceled.json()).code).toBe("conflict");
  expect((await rpc.healthz.$get()).status).toBe(200);
});
