import { spawn } from "node:child_process";
import { join } from "node:path";
import { onTestFinished } from "vitest";

const MAIN = join(import.meta.dirname, "../src/main.ts");

export interface CliRun {
  /** Waits until stdout or stderr has this text; rejects if the process ends without it. @returns stdout so far */
  printed(text: string): Promise<string>;
  kill(signal: NodeJS.Signals): void;
  readonly ended: Promise<{ code: number | null; stdout: string; stderr: string }>;
}

/** Starts the CLI as a process, in a directory of the test's, with pipes. */
export function startCli(args: readonly string[], directory: string, env: NodeJS.ProcessEnv = {}): CliRun {
  const child = spawn(process.execPath, [MAIN, ...args], {
    cwd: directory,
    env: { ...process.env, BLUEHOUR_TOKEN: undefined, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let stdout = "";
  let stderr = "";
  const changes = new EventTarget();
  const changed = () => changes.dispatchEvent(new Event("change"));
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
    changed();
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
    changed();
  });
  const ended = new Promise<{ code: number | null; stdout: string; stderr: string }>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => resolve({ code, stdout, stderr }));
  });
  onTestFinished(async () => {
    // Not SIGKILL: what the CLI has started must go with it.
    child.kill("SIGTERM");
    await ended;
  });
  return {
    ended,
    kill: (signal) => child.kill(signal),
    printed: (text) =>
      new Promise((resolve, reject) => {
        const look = () => {
          if ((stdout + stderr).includes(text)) resolve(stdout);
        };
        changes.addEventListener("change", look);
        ended.then(() => reject(new Error(`ended without "${text}":\n${stdout}${stderr}`)), reject);
        look();
      }),
  };
}

/** Runs the CLI to its end. */
export function runCli(
  args: readonly string[],
  directory: string,
  env: NodeJS.ProcessEnv = {},
): CliRun["ended"] {
  return startCli(args, directory, env).ended;
}
