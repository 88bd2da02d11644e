import { beforeEach, expect, test, vi } from "vitest";
import { BASE_URL, fakeBluehour, TOKEN } from "../test/fake-bluehour.ts";
import { AuthenticationError } from "./errors.ts";
import { createClient } from "./node/create-client.ts";

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance", "Date"] });
  return () => vi.useRealTimers();
});

test("the catalogue is read in one call", async () => {
  const server = fakeBluehour();
  const { v1 } = createClient({ baseUrl: BASE_URL, token: TOKEN, fetch: server.fetch });
  expect((await v1.models.list()).items).toEqual([]);
  expect(server.seen.map(({ method, path }) => `${method} ${path}`)).toEqual(["GET /v1/models"]);
});

test("it is asked for again when the connection is cut, and not when it is refused", async () => {
  const server = fakeBluehour();
  let tries = 0;
  const flaky: typeof fetch = async (input, init) => {
    tries++;
    if (tries === 1) throw new TypeError("fetch failed");
    return server.fetch(input, init);
  };
  const listing = createClient({ baseUrl: BASE_URL, token: TOKEN, fetch: flaky }).v1.models.list();
  await vi.advanceTimersByTimeAsync(1_000);
  await listing;
  expect(tries).toBe(2);

  const stranger = createClient({ baseUrl: BASE_URL, token: "wrong", fetch: server.fetch });
  await expect(stranger.v1.models.list()).rejects.toThrow(AuthenticationError);
});

test("it ends with the caller's signal", async () => {
  const { v1 } = createClient({ baseUrl: BASE_URL, token: TOKEN, fetch: () => new Promise(() => {}) });
  const listing = v1.models.list({ signal: AbortSignal.abort() });
  await expect(listing).rejects.toMatchObject({ name: "AbortError" });
});
