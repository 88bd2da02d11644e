import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));

/** Gzipped. Cloudflare takes 3 MB on its free plan; what starts fast stays far below. */
const MAX_KILOBYTES = 350;

test(`the Worker, all providers in it, is at most ${MAX_KILOBYTES} kB gzipped`, async () => {
  const directory = await mkdtemp(join(tmpdir(), "bluehour-size-"));
  const child = spawn("wrangler", ["deploy", "--dry-run", "--outdir", directory], {
    cwd: ROOT,
    stdio: "ignore",
    env: { ...process.env, WRANGLER_SEND_METRICS: "false", CI: "1" },
  });
  expect(await once(child, "close")).toEqual([0, null]);
  const kilobytes = gzipSync(await readFile(join(directory, "index.js"))).length / 1000;
  await rm(directory, { recursive: true });
  expect(kilobytes).toBeLessThanOrEqual(MAX_KILOBYTES);
});
