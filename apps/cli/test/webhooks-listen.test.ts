import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { createClient } from "@bluehour/client";
import { verifyWebhook } from "@bluehour/client/webhooks";
import { expect, onTestFinished, test, vi } from "vitest";
import { startCli } from "./run-cli.ts";
import { temporaryDirectory } from "./temporary-directory.ts";

/** Settings of the test's own, whatever is in the checkout's `.dev.vars`. */
const VARS = {
  ADMIN_TOKEN: "admin-token",
  SIGNING_SECRET: "signing-secret",
  DEFAULT_MODEL: "sketch/default",
  SKETCH_RENDER_MS: "50",
};
const WORKER_FLAGS = Object.entries(VARS).flatMap(([name, value]) => ["--var", `${name}:${value}`]);

const request = { image_count: 1, resolution: "640px", style: { prompt: "x" } } as const;

/** A receiver that a developer writes. @param statuses - its answers in turn, the last for ever */
async function startReceiver(...statuses: number[]) {
  const deliveries: { headers: IncomingHttpHeaders; body: Buffer<ArrayBuffer> }[] = [];
  const server = createServer(async (message, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of message) chunks.push(chunk);
    deliveries.push({ headers: message.headers, body: Buffer.concat(chunks) });
    response.writeHead(statuses[Math.min(deliveries.length, statuses.length) - 1] ?? 204).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  // A TCP server that listens has an address with a port.
  return { deliveries, address: `127.0.0.1:${(server.address() as AddressInfo).port}/hook` };
}

/** A `listen` that is ready, and a client of the Worker that it listens to. */
async function startListen(args: readonly string[], directory: string) {
  const run = startCli(["webhooks", "listen", ...args], directory);
  const stdout = await run.printed("Forward to");
  const row = (name: string) => new RegExp(`^${name} +(\\S+)$`, "m").exec(stdout)?.[1] ?? "";
  const { v1 } = createClient({ baseUrl: row("Worker"), token: VARS.ADMIN_TOKEN });
  return { run, v1, secret: row("Secret") };
}

test("prints each event, and forwards it as it came", async () => {
  const directory = await temporaryDirectory();
  const receiver = await startReceiver(204);
  const flags = ["--persist-to", join(directory, "state"), ...WORKER_FLAGS];
  const { run, v1, secret } = await startListen(["--forward-to", receiver.address, ...flags], directory);
  const { id } = await v1.aiImageGenerator.generate(request, { downloadOutputs: false });
  await run.printed("image.completed");
  run.kill("SIGINT");
  const { code, stdout } = await run.ended;
  const lines = stdout.split("\n").filter((line) => line.includes("image."));
  expect(lines.map((line) => line.replace(/^\d\d:\d\d:\d\d|\d+ ms/g, "…"))).toEqual([
    `…  image.started    204  …  ${id}`,
    `…  image.completed  204  …  ${id}`,
  ]);
  expect(code).toBe(0);
  const events = await Promise.all(receiver.deliveries.map((delivery) => verifyWebhook(delivery, secret)));
  expect(events).toMatchObject([
    { type: "image.started", payload: { id, status: "rendering" } },
    { type: "image.completed", payload: { id, status: "complete" } },
  ]);
  const [first] = receiver.deliveries;
  expect(first?.headers).toMatchObject({
    "content-type": "application/json",
    "user-agent": "Bluehour",
    "magic-hour-event-signature": expect.stringMatching(/^[0-9a-f]{64}$/),
  });
});

test("at a running dev: passes on what the receiver answers, and takes its endpoint away", async () => {
  const directory = await temporaryDirectory();
  const state = ["--persist-to", join(directory, "state")];
  await startCli(["dev", "--port", "0", ...state, ...WORKER_FLAGS], directory).printed("}'\n");
  const receiver = await startReceiver(500, 204);
  const { run, v1 } = await startListen(["--forward-to", receiver.address, ...state], directory);
  const [webhook] = (await v1.webhooks.list()).items;
  if (!webhook) throw new Error("listen has no endpoint");
  await v1.webhooks.test({ id: webhook.id });
  await run.printed("webhook.test");
  await vi.waitFor(async () => {
    const { items } = await v1.webhooks.deliveries({ id: webhook.id });
    expect(items[0]?.attempts.map(({ status }) => status)).toEqual([500]);
  });

  const stranger = await fetch(webhook.url, { method: "POST", body: "{}" });
  expect(stranger.status).toBe(400);
  await run.printed("refused          The webhook has no webhook-id");
  run.kill("SIGINT");
  expect((await run.ended).code).toBe(0);
  expect((await v1.webhooks.list()).items).toEqual([]);
});

test("what a killed listen left behind is taken away by the next, which prints alone", async () => {
  const directory = await temporaryDirectory();
  const state = ["--persist-to", join(directory, "state")];
  await startCli(["dev", "--port", "0", ...state, ...WORKER_FLAGS], directory).printed("}'\n");
  const killed = await startListen(state, directory);
  killed.run.kill("SIGKILL");
  await killed.run.ended;
  const { run, v1 } = await startListen(state, directory);
  const [webhook, ...others] = (await v1.webhooks.list()).items;
  expect(others).toEqual([]);
  await v1.webhooks.test({ id: webhook?.id ?? "" });
  await run.printed("webhook.test     received");
});

test("a receiver that is not there is said, and gets the event later", async () => {
  const directory = await temporaryDirectory();
  const flags = ["--persist-to", join(directory, "state"), ...WORKER_FLAGS];
  const nobody = ["--forward-to", "127.0.0.1:1"];
  const { run, v1 } = await startListen([...nobody, ...flags], directory);
  const [webhook] = (await v1.webhooks.list()).items;
  await v1.webhooks.test({ id: webhook?.id ?? "" });
  await run.printed("webhook.test     no answer: connect ECONNREFUSED 127.0.0.1:1");
  await vi.waitFor(async () => {
    const { items } = await v1.webhooks.deliveries({ id: webhook?.id ?? "" });
    expect(items[0]).toMatchObject({ status: "pending", attempts: [{ status: 502 }] });
  });
});
