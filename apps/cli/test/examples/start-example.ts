import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { WORKSPACE_ROOT } from "../../src/worker/workspace-root.ts";

/** The operator's token of the Workers that tests start. */
export const TOKEN = "examples-test-token";

export interface RunningExample {
  /** Waits until the output has this; rejects if the command ends without it. */
  printed(pattern: RegExp): Promise<void>;
  /** Ends everything that the command has started, as a power cut would. */
  kill(): Promise<void>;
  /** How the command ended by itself. */
  readonly ended: Promise<{ code: number | null; output: string }>;
}

/** A directory of the test's. */
export async function temporaryDirectory(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), "bluehour-example-"));
  onTestFinished(() => rm(directory, { recursive: true }));
  return directory;
}

/** A port that nobody has. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  if (typeof address !== "object" || !address) throw new Error("no port");
  return address.port;
}

/** Starts an example by the command of its README, with flags of the test's. It ends with the test. */
export function startExample(
  name: string,
  flags: readonly string[],
  env: NodeJS.ProcessEnv = {},
): RunningExample {
  // What the test runner sets is not there when a person runs the command.
  const { NODE_ENV: _, BLUEHOUR_TOKEN: __, ...environment } = process.env;
  const child = spawn("npx", ["-y", "pnpm@12", "run", "example", name, ...flags], {
    cwd: WORKSPACE_ROOT,
    env: { ...environment, NEXT_TELEMETRY_DISABLED: "1", ...env },
    stdio: ["ignore", "pipe", "pipe"],
    // A group of its own, which gets signals as a whole, as from a terminal.
    detached: true,
  });
  let output = "";
  const changes = new EventTarget();
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      output += text;
      changes.dispatchEvent(new Event("change"));
    });
  }
  let hasEnded = false;
  const ended = new Promise<{ code: number | null; output: string }>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => {
      hasEnded = true;
      resolve({ code, output });
    });
  });
  const end = async (signal: NodeJS.Signals) => {
    if (!hasEnded && child.pid !== undefined) process.kill(-child.pid, signal);
    await ended;
  };
  onTestFinished(() => end("SIGTERM"));
  return {
    ended,
    kill: () => end("SIGKILL"),
    printed: (pattern) =>
      new Promise((resolve, reject) => {
        const look = () => {
          if (pattern.test(output)) resolve();
        };
        changes.addEventListener("change", look);
        ended.then(() => reject(new Error(`ended without ${pattern}:\n${output}`)), reject);
        look();
      }),
  };
}

/** What the compiler says to an example that is installed; empty if nothing. */
export async function compile(name: string): Promise<string> {
  const directory = join(WORKSPACE_ROOT, "examples", name);
  const child = spawn("npx", ["-y", "pnpm@12", "run", "types"], { cwd: directory });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
  }
  const [code] = await once(child, "close");
  return code === 0 ? "" : output;
}
