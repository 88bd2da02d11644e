import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { CommandError } from "../terminal/command-error.ts";
import { readWorkerConfig } from "../worker/worker-config.ts";
import { WORKSPACE_ROOT } from "../worker/workspace-root.ts";

/**
 * Runs wrangler.toml's `[build]` command, which makes the playground, as wrangler does before it starts a Worker.
 *
 * @returns whether there is a playground to serve
 * @throws CommandError, or the signal's reason
 */
export async function runBuildStep(
  signal: AbortSignal,
  configPath = join(WORKSPACE_ROOT, "wrangler.toml"),
): Promise<boolean> {
  const { build, assets } = await readWorkerConfig(configPath);
  if (build) await run(build, signal);
  return assets !== undefined;
}

async function run({ command, directory }: { command: string; directory: string }, signal: AbortSignal) {
  signal.throwIfAborted();
  // stdout is for what `dev` has to say. A group of its own, so that what the shell has started ends with it.
  const detached = process.platform !== "win32";
  const child = spawn(command, { shell: true, cwd: directory, stdio: ["ignore", 2, 2], detached });
  const stop = () => {
    if (child.pid === undefined) return;
    if (detached) process.kill(-child.pid, "SIGTERM");
    else child.kill();
  };
  signal.addEventListener("abort", stop, { once: true });
  const [code] = await once(child, "exit").catch((error: unknown) => {
    throw new CommandError(`cannot run the build step: ${error}`, { cause: error });
  });
  signal.removeEventListener("abort", stop);
  signal.throwIfAborted();
  if (code !== 0) throw new CommandError(`the build step failed (${code}): ${command}`);
}
