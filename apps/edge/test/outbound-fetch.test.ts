import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { outboundFetch } from "../src/outbound/outbound-fetch.ts";

type Handler = (request: IncomingMessage, response: ServerResponse) => void;
const servers: Server[] = [];
async function serve(handler: Handler): Promise<string> {
  const server = createServer(handler);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

let echo = "";
let redirecting = "";
beforeAll(async () => {
  echo = await serve((request, response) => response.end(JSON.stringify(request.headers)));
  redirecting = await serve((request, response) => {
    const location = { "/loop": "/loop", "/same": "/end", "/other": echo }[request.url ?? ""];
    if (location) response.writeHead(302, { location }).end();
    else response.end(JSON.stringify(request.headers));
  });
});
afterAll(() => {
  for (const server of servers) server.close();
});

const headers = { authorization: "Bearer key", accept: "image/*" };

test("a private host is refused unless the setting allows it", async () => {
  await expect(outboundFetch(false)(echo)).rejects.toThrow("private or not https");
  expect((await outboundFetch(true)(echo)).status).toBe(200);
});

test("credentials go along with a redirect on the same host", async () => {
  const response = await outboundFetch(true)(`${redirecting}/same`, { headers });
  expect(await response.json()).toMatchObject(headers);
});

test("credentials never go to another host", async () => {
  const received = await (await outboundFetch(true)(`${redirecting}/other`, { headers })).json();
  expect(received).toMatchObject({ accept: "image/*" });
  expect(received).not.toHaveProperty("authorization");
});

test("a redirect is handed over to whoever asks for that", async () => {
  const response = await outboundFetch(true)(`${redirecting}/other`, { redirect: "manual" });
  expect([response.status, response.headers.get("location")]).toEqual([302, echo]);
});

test("a chain of redirects has an end", async () => {
  await expect(outboundFetch(true)(`${redirecting}/loop`)).rejects.toThrow("redirects too often");
});

test("a redirected POST is refused, since it would be sent twice", async () => {
  const post = outboundFetch(true)(`${redirecting}/same`, { method: "POST", body: "x" });
  await expect(post).rejects.toThrow("not a GET");
});
