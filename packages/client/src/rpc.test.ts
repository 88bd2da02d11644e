import type { AppType } from "@bluehour/contract";
import { hc } from "hono/client";
import { expect, test } from "vitest";
import { ValidationError } from "./errors.ts";
import { createRpc, type RpcClient } from "./rpc.ts";

const headers = { Authorization: "Bearer t" };

/** What such a client sends for a call. */
async function sent(
  create: typeof hc<AppType> | typeof createRpc,
  call: (rpc: RpcClient) => Promise<unknown>,
) {
  const requests: Request[] = [];
  const fetch: typeof globalThis.fetch = async (input, init) => {
    requests.push(new Request(input, init));
    return new Response();
  };
  await call(create("http://bluehour.test/base/", { headers, fetch }));
  return Promise.all(
    requests.map(async (request) => ({
      url: request.url,
      method: request.method,
      headers: Object.fromEntries(request.headers),
      body: await request.text(),
    })),
  );
}

const project = (rpc: RpcClient) => rpc.v1["image-projects"][":id"];
const param = { id: "job1" };
const json = { image_count: 1, style: { prompt: "Zürich" } };

test.each<[string, (rpc: RpcClient) => Promise<unknown>]>([
  ["a plain path", (rpc) => rpc.healthz.$get()],
  ["a parameter", (rpc) => project(rpc).$get({ param })],
  ["another method", (rpc) => project(rpc).$delete({ param })],
  ["a path below a parameter", (rpc) => project(rpc).cancel.$post({ param })],
  ["a body", (rpc) => rpc.v1["ai-image-generator"].$post({ json })],
  ["headers of a call", (rpc) => project(rpc).$get({ param }, { headers: { Prefer: "wait=1" } })],
  ["headers by a function", (rpc) => project(rpc).$get({ param }, { headers: async () => ({ A: "b" }) })],
  ["options of fetch", (rpc) => project(rpc).$get({ param }, { init: { headers: { B: "c" } } })],
  ["an address", async (rpc) => fetch(`data:,${project(rpc).$url({ param })}`)],
])("for %s it sends what hono's own client sends", async (_, call) => {
  expect(await sent(createRpc, call)).toEqual(await sent(hc<AppType>, call));
});

test("addresses and paths are hono's too", () => {
  const ours = createRpc("http://bluehour.test/base", { headers, fetch });
  const theirs = hc<AppType>("http://bluehour.test/base");
  expect(project(ours).$url({ param }).href).toBe(project(theirs).$url({ param }).href);
  expect(project(ours).$path({ param })).toBe(project(theirs).$path({ param }));
});

test("a parameter stays one segment, whatever is in it", async () => {
  const [request] = await sent(createRpc, (rpc) => project(rpc).$get({ param: { id: "a/../b?c" } }));
  expect(request?.url).toBe("http://bluehour.test/base/v1/image-projects/a%2F..%2Fb%3Fc");
  const rpc = createRpc("http://bluehour.test", { headers, fetch });
  for (const id of ["", ".", ".."])
    expect(() => project(rpc).$url({ param: { id } })).toThrow(ValidationError);
});
