import { type SpawnOptions, spawn } from "node:child_process";
import { once } from "node:events";

/** The pnpm that runs the tests, if one does; otherwise the one that npx gets. */
function commandOf(name: string): [command: string, ...args: string[]] {
  if (name !== "pnpm") return [name];
  const { npm_execpath: path } = process.env;
  if (path && /pnpm[^/]*$/.test(path)) return /\.[cm]?js$/.test(path) ? [process.execPath, path] : [path];
  return ["npx", "-y", "pnpm@12"];
}

function start(name: string, args: readonly string[], options: SpawnOptions) {
  const [command, ...before] = commandOf(name);
  // Without this directory's `npx` in its way.
  const PATH = (process.env["PATH"] ?? "").split(":").filter((folder) => folder !== import.meta.dirname);
  return spawn(command, [...before, ...args], { ...options, env: { ...process.env, PATH: PATH.join(":") } });
}

/** Runs a command to its end, and ends as it does. */
export async function run(name: string, args: readonly string[]): Promise<void> {
  const [code] = await once(start(name, args, { stdio: "inherit" }), "close");
  process.exitCode = code ?? 1;
}

/** How long a command that stays may take to print what it is to print, and to end, in milliseconds. */
const LIMIT_MS = 30_000;

/** Runs a command that stays until Ctrl-C: presses that when it has printed what it is to print. */
export async function runUntil(printed: RegExp, name: string, args: readonly string[]): Promise<void> {
  // A group of its own, all of which gets a signal, as of a terminal.
  const child = start(name, args, { stdio: ["inherit", "pipe", "inherit"], detached: true });
  const signalAll = (signal: NodeJS.Signals) => child.pid && process.kill(-child.pid, signal);
  const limit = setTimeout(signalAll, LIMIT_MS, "SIGKILL");
  const ended = once(child, "close");
  let text = "";
  child.stdout?.setEncoding("utf8").on("data", (more: string) => {
    process.stdout.write(more);
    if (printed.test(text)) return;
    text += more;
    if (printed.test(text)) signalAll("SIGINT");
  });
  const [, signal] = await ended;
  clearTimeout(limit);
  if (!printed.test(text)) throw new Error(`${args.join(" ")} never printed ${printed}`);
  if (signal === "SIGKILL") throw new Error(`${args.join(" ")} did not end by Ctrl-C`);
}
