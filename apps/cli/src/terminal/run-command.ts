import { spawn } from "node:child_process";
import { once } from "node:events";
import { CommandError } from "./command-error.ts";
import { StopRequested } from "./stop-signal.ts";

interface RunOptions {
  readonly directory: string;
  /** Variables beside those of this process. */
  readonly env?: Readonly<Record<string, string>>;
  /** Where its stdout goes: ours, stderr (2), or nowhere. */
  readonly stdout?: "inherit" | "ignore" | 2;
  readonly signal: AbortSignal;
}

/**
 * Runs a command to its end, on this process's terminal.
 *
 * @throws CommandError if it fails, or the signal's reason, once it has ended
 */
export async function runCommand(
  command: string,
  args: readonly string[],
  { directory, env, stdout = "inherit", signal }: RunOptions,
): Promise<void> {
  signal.throwIfAborted();
  const child = spawn(command, args, {
    cwd: directory,
    env: { ...process.env, ...env },
    stdio: ["inherit", stdout, "inherit"],
    // There, what npm installs is scripts, which only a shell starts.
    shell: process.platform === "win32",
  });
  const stop = () => {
    // Ctrl-C reaches everything that is on the terminal; a second one would not let it end in order.
    if (!(signal.reason instanceof StopRequested && signal.reason.signalName === "SIGINT")) child.kill();
  };
  signal.addEventListener("abort", stop, { once: true });
  const [code] = await once(child, "exit").catch((error: unknown) => {
    throw new CommandError(`cannot run ${command}: ${error}`, { cause: error });
  });
  signal.removeEventListener("abort", stop);
  signal.throwIfAborted();
  if (code !== 0) throw new CommandError(`it failed (${code}): ${[command, ...args].join(" ")}`);
}
