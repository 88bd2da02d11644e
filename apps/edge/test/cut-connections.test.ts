import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createClient } from "@bluehour/client";
import { type FakeUpstream, startFakeUpstream } from "@bluehour/providers/fake-upstream";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startCuttingProxy } from "./cutting-proxy.ts";
import { freePort, startWranglerDev, varsFor, type WranglerDev } from "./wrangler-dev.ts";

let directory: string;
let port: number;
let upstream: FakeUpstream;
let worker: WranglerDev;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "bluehour-cut-"));
  upstream = await startFakeUpstream();
  port = await freePort();
  worker = await startWranglerDev({ port, persistTo: join(directory, "state"), vars: varsFor(upstream) });
});

afterAll(async () => {
  await worker?.kill("SIGTERM");
  await upstream?.close();
  await rm(directory, { recursive: true, force: true });
});

test("a generate whose connection is cut 20 times makes one job and brings one result", async () => {
  const proxy = await startCuttingProxy(port, 20);
  const { v1 } = createClient({ baseUrl: proxy.url, token: "t" });
  const told: string[] = [];
  const result = await v1.aiImageGenerator.generate(
    { image_count: 2, style: { prompt: "[fault:slow-12000]" } },
    {
      downloadDirectory: join(directory, "outputs"),
      onProgress: (project) => told.push(JSON.stringify(project)),
    },
  );
  await proxy.close();

  expect(proxy.cuts).toBe(20);
  expect(upstream.submits).toHaveLength(1);
  expect(result.status).toBe("complete");
  expect(result.downloaded_paths).toHaveLength(2);
  for (const [index, path] of result.downloaded_paths.entries()) {
    expect((await readFile(path)).byteLength).toBe(result.downloads[index]?.bytes);
  }
  expect(new Set(told).size).toBe(told.length);
});
