import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));
const START_LIMIT_MS = 50_000;

export interface WranglerDev {
  readonly url: string;
  /** Ends the whole process group: workerd too. */
  kill(signal: NodeJS.Signals): Promise<void>;
}

export interface WranglerDevOptions {
  port: number;
  persistTo: string;
  vars: Readonly<Record<string, string>>;
}

/** `wrangler dev` from the root of the checkout, as an operator runs it. Resolves once it answers. */
export async function startWranglerDev({ port, persistTo, vars }: WranglerDevOptions): Promise<WranglerDev> {
  const flags = Object.entries(vars).flatMap(([name, value]) => ["--var", `${name}:${value}`]);
  const child = spawn(
    "wrangler",
    ["dev", "--port", `${port}`, "--inspector-port", "0", "--persist-to", persistTo, ...flags],
    {
      cwd: ROOT,
      detached: true,
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, CLOUDFLARE_CF_FETCH_ENABLED: "false", WRANGLER_SEND_METRICS: "false", CI: "1" },
    },
  );
  const url = `http://127.0.0.1:${port}`;
  const output = collect(child);
  try {
    await waitForHealth(url, child);
  } catch (error) {
    await endGroup(child, "SIGKILL");
    throw new Error(`wrangler dev did not start:\n${output.join("")}`, { cause: error });
  }
  return { url, kill: (signal) => endGroup(child, signal) };
}

function collect(child: ChildProcess): string[] {
  const output: string[] = [];
  for (const stream of [child.stdout, child.stderr]) stream?.on("data", (chunk) => output.push(`${chunk}`));
  return output;
}

async function waitForHealth(url: string, child: ChildProcess): Promise<void> {
  const limit = AbortSignal.timeout(START_LIMIT_MS);
  while (child.exitCode === null) {
    limit.throwIfAborted();
    const answer = await fetch(`${url}/healthz`, { signal: limit }).catch(() => null);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`wrangler dev exited with ${child.exitCode}`);
}

async function endGroup(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, "exit");
  process.kill(-child.pid, signal);
  await exit;
}

/** Settings of a Worker whose default model is painted by a fake upstream. */
export function varsFor(upstream: { url: string; apiKey: string }): Record<string, string> {
  return {
    ADMIN_TOKEN: "t",
    SIGNING_SECRET: "s",
    DEFAULT_MODEL: "magic-hour/default",
    MAGIC_HOUR_BASE_URL: upstream.url,
    MAGIC_HOUR_API_KEY: upstream.apiKey,
    ALLOW_PRIVATE_HOSTS: "true",
  };
}

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === "string") throw new Error("No port");
  return address.port;
}
