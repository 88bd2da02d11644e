import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import * as z from "zod";
import { freePort } from "../free-port.ts";
import { Process } from "../process.ts";
import { type Contender, PROMPT } from "./contender.ts";
import type { Upstream } from "./upstream.ts";

const FOLDER = fileURLToPath(new URL("../../bullmq", import.meta.url));

/** Redis writes every change to its log and syncs that every second: less, and a crash loses jobs. */
const DURABLE = ["--appendonly", "yes", "--appendfsync", "everysec", "--save", ""];

const createdSchema = z.object({ id: z.string() });
const statusSchema = z.object({
  status: z.enum(["waiting", "active", "completed"]),
  images: z.tuple([z.string()]).nullish(),
});

const REQUEST = JSON.stringify({ image_count: 1, style: { prompt: PROMPT } });

/**
 * The job with BullMQ on Redis, and Hono on Node.
 *
 * @throws where Redis is missing and cannot be installed
 */
export async function startBullmq({ url: upstream, apiKey, renderMs }: Upstream): Promise<Contender> {
  installRedis();
  execFileSync("npx", ["-y", "pnpm@12", "install", "--frozen-lockfile", "--silent"], { cwd: FOLDER });
  const directory = await mkdtemp(join(tmpdir(), "bluehour-bench-"));
  const port = `${await freePort()}`;
  const redis = spawn("redis-server", [
    "--port",
    port,
    "--bind",
    "127.0.0.1",
    "--dir",
    directory,
    ...DURABLE,
  ]);
  await said(redis, /Ready to accept connections/);
  const server = spawn(
    process.execPath,
    [
      "server.ts",
      ...["--redis", `redis://127.0.0.1:${port}`],
      ...["--upstream", upstream],
      ...["--key", apiKey],
      ...["--images", join(directory, "images")],
      ...["--render-ms", `${renderMs}`],
    ],
    { cwd: FOLDER, env: { ...process.env, NODE_ENV: "production" }, stdio: ["ignore", "pipe", "inherit"] },
  );
  const url = await said(server, /^http:/);
  const processes = [redis, server].map(({ pid = 0 }) => new Process(pid));
  return {
    name: "BullMQ",
    url,
    create: () => ({
      method: "POST",
      path: "/jobs",
      headers: { "content-type": "application/json" },
      body: REQUEST,
    }),
    idOf: (answer) => createdSchema.parse(answer).id,
    status: (id) => ({ method: "GET", path: `/jobs/${id}` }),
    imageOf(answer) {
      const { status, images } = statusSchema.parse(answer);
      return status === "completed" && images ? `${url}/images/${images[0]}` : null;
    },
    cpuMs: () => processes.reduce((sum, { cpuMs }) => sum + cpuMs, 0),
    async stop() {
      for (const child of [server, redis]) {
        const exit = once(child, "exit");
        child.kill();
        await exit;
      }
      await rm(directory, { recursive: true, force: true });
    },
  };
}

function installRedis(): void {
  try {
    execFileSync("redis-server", ["--version"], { stdio: "ignore" });
  } catch {
    console.error("Redis is missing: installing it");
    execFileSync("apt-get", ["install", "-y", "--no-install-recommends", "redis-server"], {
      stdio: "ignore",
    });
  }
}

/** Waits until a process says a line, and gives that. */
async function said(child: ChildProcess, wanted: RegExp): Promise<string> {
  if (!child.stdout) throw new Error("Nothing to read from");
  for await (const line of createInterface({ input: child.stdout })) {
    if (!wanted.test(line)) continue;
    child.stdout.resume();
    return line;
  }
  throw new Error(`${child.spawnfile} ended before it was ready`);
}
