import { expect, it } from "vitest";
import { retryAfterMs, spokenWaitMs } from "./retry-after.ts";

const NOW_MS = Date.parse("2026-08-01T12:00:00Z");
const NOW_SECONDS = NOW_MS / 1000;

it.each<[string, Record<string, string>, number | undefined]>([
  ["seconds", { "retry-after": "30" }, 30_000],
  ["zero seconds", { "retry-after": "0" }, 0],
  ["fractions of seconds", { "retry-after": "1.5" }, 1500],
  ["an HTTP date", { "retry-after": "Sat, 01 Aug 2026 12:01:00 GMT" }, 60_000],
  ["an HTTP date that has passed", { "retry-after": "Sat, 01 Aug 2026 11:00:00 GMT" }, 0],
  ["the draft's structured field", { ratelimit: '"default";r=0;t=12' }, 12_000],
  ["the older draft's seconds", { "ratelimit-reset": "9" }, 9000],
  ["the de facto header in seconds", { "x-ratelimit-reset": "8" }, 8000],
  ["the de facto header as a moment", { "x-ratelimit-reset": String(NOW_SECONDS + 45) }, 45_000],
  ["a moment that has passed", { "x-ratelimit-reset": String(NOW_SECONDS - 45) }, 0],
  ["Retry-After before all others", { "x-ratelimit-reset": "8", "retry-after": "3" }, 3000],
  ["the next header if one is nonsense", { "retry-after": "soon", "ratelimit-reset": "5" }, 5000],
  ["nothing from a negative number", { "retry-after": "-5" }, undefined],
  ["nothing from an empty header", { "retry-after": "" }, undefined],
  ["nothing without headers", {}, undefined],
])("reads %s", (_, headers, expected) => {
  expect(retryAfterMs(new Headers(headers), NOW_MS)).toBe(expected);
});

it.each<[string, number | undefined]>([
  ["Request was throttled. Your rate limit for creating predictions resets in ~30s.", 30_000],
  ["Rate limit reached for images per minute. Please try again in 1.2s.", 1_200],
  ["Please try again in 6m0s.", 360_000],
  ["Please retry in 20ms", 20],
  ["Please retry after 12 seconds", 12_000],
  ["Too many requests, wait 2 minutes", 120_000],
  ["Please retry in 34.074824224s.", 34_075],
  ["retry in 1h2m3s", 3_723_000],
  ["You have 24 tasks in flight; the limit is 24", undefined],
  ["Try again later", undefined],
  ["", undefined],
])("hears in %j a wait of %s ms", (message, expected) => {
  expect(spokenWaitMs(message)).toBe(expected);
});
