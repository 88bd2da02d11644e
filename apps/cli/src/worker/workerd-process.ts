import { type ChildProcess, execFileSync } from "node:child_process";
import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { readFileSync } from "node:fs";

/** A workerd, by its id and the command line that tells it from a later process of the same id. */
export interface WorkerdProcess {
  readonly pid: number;
  readonly command: string;
}

/**
 * Tells of each workerd that Miniflare starts, which does not say.
 *
 * @returns stops telling
 */
export function watchWorkerd(onStart: (workerd: WorkerdProcess) => void): () => void {
  const started = (message: unknown) => {
    // The type that Node documents for this channel.
    const { process: child } = message as { process: ChildProcess };
    child.once("spawn", () => {
      if (child.pid === undefined || !/workerd/.test(child.spawnfile)) return;
      onStart({ pid: child.pid, command: child.spawnargs.join(" ") });
    });
  };
  subscribe("child_process", started);
  return () => unsubscribe("child_process", started);
}

/**
 * Runs `make`, and takes back the listeners it adds for the signals that end a process: Miniflare's would end this
 * one at once, before a job is canceled. Its other hook, which kills workerd when the process exits, stays.
 */
export function withoutSignalListeners<T>(make: () => T): T {
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  const before = new Set(signals.flatMap((signal) => process.listeners(signal)));
  const made = make();
  for (const signal of signals) {
    for (const listener of process.listeners(signal)) {
      if (!before.has(listener)) process.off(signal, listener);
    }
  }
  return made;
}

/** Ends a workerd that its killed owner left behind, unless the id is another process's by now. */
export function endOrphan({ pid, command }: WorkerdProcess): void {
  if (commandOf(pid) === command) process.kill(pid, "SIGKILL");
}

/** A process's command line; null if there is no such process, or on Windows, where it is not to be had quickly. */
function commandOf(pid: number): string | null {
  try {
    if (process.platform === "linux") {
      return readFileSync(`/proc/${pid}/cmdline`, "utf8").replace(/\0$/, "").replaceAll("\0", " ");
    }
    const args = ["-ww", "-o", "command=", "-p", String(pid)];
    return execFileSync("ps", args, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim();
  } catch {
    return null;
  }
}
