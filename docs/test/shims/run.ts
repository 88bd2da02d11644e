import { spawn } from "node:child_process";
import { once } from "node:events";

/** The pnpm that runs the tests, if one does; otherwise the one that npx gets. */
function commandOf(name: string): [command: string, ...args: string[]] {
  if (name !== "pnpm") return [name];
  const { npm_execpath: path } = process.env;
  if (path && /pnpm[^/]*$/.test(path)) return /\.[cm]?js$/.test(path) ? [process.execPath, path] : [path];
  return ["npx", "-y", "pnpm@12"];
}

function start(name: string, args: readonly string[], stdout: "inherit" | "pipe") {
  const [command, ...before] = commandOf(name);
  // Without this directory's `npx` in its way.
  const PATH = (process.env["PATH"] ?? "").split(":").filter((folder) => folder !== import.meta.dirname);
  return spawn(command, [...before, ...args], {
    stdio: ["inherit", stdout, "inherit"],
    env: { ...process.env, PATH: PATH.join(":") },
  });
}

/** Runs a command to its end, and ends as it does. */
export async function run(name: string, args: readonly string[]): Promise<void> {
  const [code] = await once(start(name, args, "inherit"), "close");
  process.exitCode = code ?? 1;
}

/** Runs a command that stays until Ctrl-C: presses that when it has printed what it is to print. */
export async function runUntil(printed: RegExp, name: string, args: readonly string[]): Promise<void> {
  const child = start(name, args, "pipe");
  const ended = once(child, "close");
  let text = "";
  child.stdout?.setEncoding("utf8").on("data", (more: string) => {
    process.stdout.write(more);
    if (printed.test(text)) return;
    text += more;
    if (printed.test(text)) child.kill("SIGINT");
  });
  const [code] = await ended;
  if (!printed.test(text)) throw new Error(`${args.join(" ")} never printed ${printed}`);
  // pnpm ends by the signal too.
  process.exitCode = code === 130 ? 0 : (code ?? 0);
}
