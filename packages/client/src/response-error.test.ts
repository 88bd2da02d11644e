import { expect, test } from "vitest";
import { BASE_URL, fakeBluehour, TOKEN } from "../test/fake-bluehour.ts";
import { rejection } from "../test/rejection.ts";
import {
  AuthenticationError,
  BluehourError,
  ConflictError,
  InsufficientCreditsError,
  NotFoundError,
  RateLimitError,
  ServerError,
  ValidationError,
} from "./errors.ts";
import { createClient } from "./node/create-client.ts";
import { responseError } from "./response-error.ts";

test.each([
  [400, ValidationError],
  [401, AuthenticationError],
  [402, InsufficientCreditsError],
  [403, AuthenticationError],
  [404, NotFoundError],
  [405, BluehourError],
  [409, ConflictError],
  [413, ValidationError],
  [415, ValidationError],
  [422, ValidationError],
  [429, RateLimitError],
  [500, ServerError],
  [503, ServerError],
])("%i is a %o", async (status, kind) => {
  const body = { message: "m", code: "c", request_id: "r" };
  const error = await responseError(Response.json(body, { status, headers: { "X-Request-Id": "r" } }));
  expect(error.constructor).toBe(kind);
  expect(error).toMatchObject({ name: kind.name, message: "m", status, code: "c", requestId: "r" });
});

test("an answer that is not ours still says what it was", async () => {
  const response = new Response("<html>", { status: 502, statusText: "Bad Gateway" });
  expect((await responseError(response)).message).toBe("The server answered 502 Bad Gateway");
});

test.each([
  [{ "Retry-After": "7" }, 7000],
  [{ "Retry-After": "Thu, 01 Jan 2026 00:00:09 GMT", Date: "Thu, 01 Jan 2026 00:00:02 GMT" }, 7000],
  [{ "Retry-After": "soon" }, undefined],
  [{}, undefined],
])("%o is to be retried after %o ms", async (headers, retryAfterMs) => {
  // A union of literals with different keys does not fit HeadersInit.
  const response = new Response(null, { status: 429, headers: Object.entries(headers) });
  expect(await responseError(response)).toMatchObject({ retryAfterMs });
});

test("the server's own errors: a wrong token, a wrong field", async () => {
  const { fetch } = fakeBluehour();
  const request = { image_count: 0, style: { prompt: "p" } };
  const stranger = createClient({ baseUrl: BASE_URL, token: "wrong", fetch }).v1.aiImageGenerator;
  const { code } = await rejection(stranger.create(request), AuthenticationError);
  expect(code).toBe("unauthorized");

  const friend = createClient({ baseUrl: BASE_URL, token: TOKEN, fetch }).v1.aiImageGenerator;
  const error = await rejection(friend.create(request, { idempotencyKey: "k" }), ValidationError);
  expect(error.issues.map(({ path }) => path)).toEqual(["image_count"]);
  expect(error).toMatchObject({ status: 400, idempotencyKey: "k", jobId: undefined });
});
