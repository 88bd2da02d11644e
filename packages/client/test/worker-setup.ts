import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { TestProject } from "vitest/node";

declare module "vitest" {
  interface ProvidedContext {
    worker: { url: string; token: string };
  }
}

const CLI = join(import.meta.dirname, "../../../apps/cli/src/main.ts");
const TOKEN = "admin-token";
const VARS = {
  ADMIN_TOKEN: TOKEN,
  SIGNING_SECRET: "signing-secret",
  DEFAULT_MODEL: "sketch/default",
  SKETCH_RENDER_MS: "50",
};

/** The real Worker, as `pnpm run dev` runs it, on a state and a port of its own. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const directory = await mkdtemp(join(tmpdir(), "bluehour-worker-"));
  const vars = Object.entries(VARS).flatMap(([name, value]) => ["--var", `${name}:${value}`]);
  const child = spawn(
    process.execPath,
    [CLI, "dev", "--port", "0", "--persist-to", join(directory, "state"), ...vars],
    { stdio: ["ignore", "pipe", "pipe"] },
  );
  const exit = once(child, "exit");
  let log = "";
  child.stderr.on("data", (text) => {
    log += text;
  });
  const url = await firstAddress(child.stdout);
  if (!url) throw new Error(`The Worker did not start:\n${log}`);
  project.provide("worker", { url, token: TOKEN });
  return async () => {
    child.kill("SIGTERM");
    await exit;
    await rm(directory, { recursive: true });
  };
}

async function firstAddress(output: NodeJS.ReadableStream): Promise<string | undefined> {
  for await (const line of createInterface({ input: output })) {
    const [address] = /http:\S+/.exec(line) ?? [];
    if (address) return address;
  }
  return undefined;
}
