import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type FakeUpstream, startFakeUpstream } from "@bluehour/providers/fake-upstream";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  freePort,
  startWranglerDev,
  varsFor,
  type WranglerDev,
  type WranglerDevOptions,
} from "./wrangler-dev.ts";

let directory: string;
let upstream: FakeUpstream;
let options: WranglerDevOptions;
let worker: WranglerDev;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "bluehour-kill-"));
  upstream = await startFakeUpstream();
  options = {
    port: await freePort(),
    persistTo: directory,
    vars: varsFor(upstream),
  };
  worker = await startWranglerDev(options);
});

afterAll(async () => {
  await worker?.kill("SIGTERM");
  await upstream?.close();
  await rm(directory, { recursive: true, force: true });
});

const headers = { Authorization: "Bearer t", "Content-Type": "application/json" };

async function create(prompt: string): Promise<string> {
  const body = JSON.stringify({ image_count: 2, style: { prompt } });
  const response = await fetch(`${worker.url}/v1/ai-image-generator`, { method: "POST", headers, body });
  expect(response.status).toBe(200);
  return ((await response.json()) as { id: string }).id;
}

test("jobs that run while the server is killed with SIGKILL finish once it is started again", async () => {
  const ids: string[] = [];
  for (const renderMs of [200, 1_200, 2_500, 4_000]) ids.push(await create(`[fault:slow-${renderMs}]`));
  // One that was answered a moment ago and one whose submit hangs in the air.
  ids.push(await create("[fault:submit-hang]"), await create("just born"));
  await worker.kill("SIGKILL");
  worker = await startWranglerDev(options);

  for (const id of ids) {
    const response = await fetch(`${worker.url}/v1/image-projects/${id}`, {
      headers: { ...headers, Prefer: "wait=30" },
    });
    const project = (await response.json()) as { status: string; downloads: { url: string }[] };
    expect(project.status).toBe("complete");
    expect(project.downloads).toHaveLength(2);
    for (const { url } of project.downloads) expect((await fetch(url)).status).toBe(200);
  }
});
