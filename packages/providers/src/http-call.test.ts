import type { ProviderContext } from "@bluehour/core";
import { expect, it } from "vitest";
import * as z from "zod";
import { callJson, type HttpCall, type HttpUpstream } from "./http-call.ts";

const upstream: HttpUpstream = {
  name: "Paint Co",
  baseUrl: "https://api.paint.example/base/",
  headers: { authorization: "Bearer secret-key" },
  secrets: ["secret-key"],
  errorSchema: z.object({ message: z.string() }),
};
const schema = z.object({ id: z.string() });
const submit: HttpCall = { method: "POST", path: "/jobs", body: { prompt: "a cat" }, stakes: "paid" };
const poll: HttpCall = { method: "GET", path: "/jobs/1", stakes: "free" };

function contextWith(
  answer: (url: string, init: RequestInit) => Response | Promise<Response>,
  signal = new AbortController().signal,
): ProviderContext {
  return {
    fetch: async (url, init = {}) => answer(url, init),
    now: () => 0,
    signal,
    idempotencyKey: "key",
  };
}

it("sends JSON with the key below the base URL and gives back what the schema knows", async () => {
  const context = contextWith((url, init) => {
    expect(url).toBe("https://api.paint.example/base/jobs");
    expect(init).toMatchObject({ method: "POST", body: '{"prompt":"a cat"}' });
    const headers = new Headers(init.headers);
    expect(headers.get("authorization")).toBe("Bearer secret-key");
    expect(headers.get("content-type")).toBe("application/json");
    return Response.json({ id: "1", extra: true });
  });
  expect(await callJson(upstream, submit, schema, context)).toEqual({ id: "1" });
});

it.each([
  ["https://eu.paint.example/jobs/1", true],
  ["https://paint.example/jobs/1", true],
  ["https://api.paint.example/elsewhere", true],
  ["http://eu.paint.example/jobs/1", false],
  ["https://eu.paint.example:8443/jobs/1", false],
  ["https://notpaint.example/jobs/1", false],
  ["https://paint.example.evil.example/jobs/1", false],
  ["//eu.paint.example/jobs/1", true],
  ["jobs/1", false],
])("takes its key to %s, which an answer named: %s", async (path, isOwn) => {
  const asked: string[] = [];
  const context = contextWith((url) => {
    asked.push(url);
    return Response.json({ id: "1" });
  });
  const call = callJson({ ...upstream, domain: "paint.example" }, { ...poll, path }, schema, context);
  if (isOwn) await call;
  else await expect(call).rejects.toMatchObject({ kind: "unavailable" });
  expect(asked).toHaveLength(isOwn ? 1 : 0);
});

it("sends a form as it is", async () => {
  const form = new FormData();
  const context = contextWith((_, init) => {
    expect(init.body).toBe(form);
    expect(new Headers(init.headers).has("content-type")).toBe(false);
    return Response.json({ id: "1" });
  });
  await callJson(upstream, { ...submit, body: form }, schema, context);
});

it("believes what the body says of the kind and the wait before the status", async () => {
  const errorSchema = z.object({ message: z.string() }).transform(({ message }) => ({
    message,
    kind: "unauthorized" as const,
    retryAfterMs: 9,
  }));
  const context = contextWith(() => Response.json({ message: "Out of quota" }, { status: 429 }));
  const call = callJson({ ...upstream, errorSchema }, submit, schema, context);
  await expect(call).rejects.toMatchObject({ kind: "unauthorized", retryAfterMs: 9 });
});

it("does not follow a redirect, which could carry the key away", async () => {
  const context = contextWith((_, init) => {
    expect(init.redirect).toBe("manual");
    return new Response(null, { status: 302, headers: { location: "https://elsewhere.example" } });
  });
  await expect(callJson(upstream, submit, schema, context)).rejects.toMatchObject({ kind: "unavailable" });
});

it.each([
  ["an answer with other fields", () => Response.json({ identity: "1" })],
  ["an answer that is not JSON", () => new Response("<html>")],
  ["an empty answer", () => new Response("")],
  ["an answer that breaks off", () => new Response(brokenStream())],
])("takes %s for an unknown outcome of a paid call, and a free one for unavailable", async (_, answer) => {
  const context = contextWith(answer);
  await expect(callJson(upstream, submit, schema, context)).rejects.toMatchObject({
    kind: "unknown_outcome",
  });
  await expect(callJson(upstream, poll, schema, context)).rejects.toMatchObject({ kind: "unavailable" });
});

it("keeps to the time limit while the body is on its way", async () => {
  const limit = new AbortController();
  const context = contextWith((_, init) => {
    const body = new ReadableStream({
      start: (controller) =>
        init.signal?.addEventListener("abort", () => controller.error(new Error("aborted"))),
      pull: () => limit.abort(),
    });
    return new Response(body);
  }, limit.signal);
  await expect(callJson(upstream, submit, schema, context)).rejects.toMatchObject({
    kind: "unknown_outcome",
    message: "Paint Co did not answer in time",
  });
});

it.each([
  [
    "a message",
    Response.json({ message: "No secret-key here" }, { status: 400 }),
    "answered 400: No [secret] here",
  ],
  ["no message", new Response("<html>secret-key</html>", { status: 400 }), "answered 400"],
  ["half a body", new Response(brokenStream(), { status: 400 }), "answered 400"],
])("tells an error with %s without its raw body", async (_, response, expected) => {
  const call = callJson(
    upstream,
    submit,
    schema,
    contextWith(() => response),
  );
  await expect(call).rejects.toMatchObject({ kind: "rejected", message: `Paint Co ${expected}` });
});

it("calls a base URL that is none unavailable, without sending anything", async () => {
  const context = contextWith(() => expect.fail("sent"));
  const call = callJson({ ...upstream, baseUrl: "api.paint.example" }, submit, schema, context);
  await expect(call).rejects.toMatchObject({ kind: "unavailable", message: "Paint Co has no valid address" });
});

function brokenStream(): ReadableStream<Uint8Array> {
  return new ReadableStream({ start: (controller) => controller.error(new Error("broken")) });
}
