import { beforeEach, expect, test, vi } from "vitest";
import { BASE_URL, fakeBluehour, TOKEN } from "../test/fake-bluehour.ts";
import { inNoTime } from "../test/in-no-time.ts";
import { NetworkError, NotFoundError, ValidationError } from "./errors.ts";
import { createClient } from "./node/create-client.ts";

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance", "Date"] });
  return () => vi.useRealTimers();
});

/** A server with an endpoint; `loses` the answers to requests of that method, as often as that. */
async function setUp(loses = { method: "none", times: 0 }) {
  const server = fakeBluehour();
  const { v1 } = createClient({ baseUrl: BASE_URL, token: TOKEN, fetch: server.fetch });
  const { id } = await v1.webhooks.create({ url: "https://example.com/hook" });
  let left = loses.times;
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const response = await server.fetch(input, init);
    if (init?.method === loses.method && left-- > 0) throw new TypeError("fetch failed");
    return response;
  };
  const { webhooks } = createClient({ baseUrl: BASE_URL, token: TOKEN, fetch }).v1;
  return { server, id, webhooks };
}

test("an endpoint is created, listed, and deleted", async () => {
  const { webhooks, id } = await setUp();
  const url = "https://example.com/other";
  const created = await webhooks.create({ url, events: ["image.completed"] });
  expect(created).toMatchObject({ url, events: ["image.completed"], secret: "whsec_first" });
  await webhooks.delete({ id });
  expect((await webhooks.list()).items.map((webhook) => webhook.id)).toEqual([created.id]);
  await expect(webhooks.delete({ id })).rejects.toThrow(NotFoundError);
});

test("its deliveries are read, page by page, and sent again", async () => {
  const { server, webhooks, id } = await setUp();
  const { items, next_cursor } = await webhooks.deliveries({ id, limit: 5, cursor: "evt_9" });
  expect(items.map((delivery) => [delivery.id, delivery.attempts[0]?.status])).toEqual([
    ["evt_evt_9_5", 204],
  ]);
  expect(next_cursor).toBe(null);
  expect((await webhooks.deliveries({ id })).items[0]?.id).toBe("evt_newest_20");
  await webhooks.test({ id });
  await webhooks.redeliver({ id, delivery_id: "evt_9" });
  expect(server.webhookCalls).toEqual([`test ${id}`, `redeliver evt_9 to ${id}`]);
});

test("its secret is replaced", async () => {
  const { webhooks, id } = await setUp();
  expect(await webhooks.rotateSecret({ id })).toMatchObject({ id, secret: "whsec_second" });
});

test("what would be done twice is not sent twice", async () => {
  const { server, webhooks, id } = await setUp({ method: "POST", times: 10 });
  await expect(webhooks.create({ url: "https://example.com/b" })).rejects.toThrow(NetworkError);
  await expect(webhooks.rotateSecret({ id })).rejects.toThrow(NetworkError);
  await expect(webhooks.test({ id })).rejects.toThrow(NetworkError);
  await expect(webhooks.redeliver({ id, delivery_id: "evt_9" })).rejects.toThrow(NetworkError);
  // The first of all is that of the test itself.
  expect(server.seen.filter(({ method }) => method === "POST")).toHaveLength(5);
});

test("a delete whose answer was lost finds nothing, and is done", async () => {
  const { webhooks, id } = await setUp({ method: "DELETE", times: 1 });
  await inNoTime(webhooks.delete({ id }));
  expect((await webhooks.list()).items).toEqual([]);
});

test("an address that is none is told by field", async () => {
  const { webhooks } = await setUp();
  const failure = webhooks.create({ url: "example.com" });
  await expect(failure).rejects.toThrow(ValidationError);
  await expect(failure).rejects.toMatchObject({ issues: [{ path: "url" }] });
});
