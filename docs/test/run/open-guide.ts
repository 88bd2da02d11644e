import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { dirname, join } from "node:path";
import { CAT } from "../given/cat.ts";
import { ROOT } from "../markdown/read-document.ts";
import type { Place } from "./place.ts";

/** A command that takes longer than this hangs, in milliseconds. */
const LIMIT_MS = 45_000;

/** A document that somebody follows from its top to its end, in one directory and one shell. */
export interface Guide {
  readonly directory: string;
  /** Code with the addresses that hold here; nothing else about it is changed. */
  localize(code: string): string;
  /** Runs code in bash, with what the blocks before have set. */
  bash(code: string): Promise<Ran>;
  /** Runs a program in the guide's directory. */
  node(args: readonly string[]): Promise<Ran>;
  /** Runs a command that stays, until the guide ends; answers when it listens on this port, as the document has it. */
  stay(code: string, port: string): Promise<string>;
  close(): Promise<void>;
}

interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** @param ports - that the document has something listen on; each becomes a free one */
export async function openGuide(document: string, ports: readonly string[], place: Place): Promise<Guide> {
  const directory = await place.directoryOf(document);
  await writeFile(join(directory, "cat.png"), CAT);
  await writeFile(join(directory, "glasses.jpg"), CAT);
  // As the first `dev` leaves it at the root of a checkout.
  await writeFile(join(directory, ".dev.vars"), `ADMIN_TOKEN=${place.worker.token}\n`);
  // A request that is refused fails its block, and one that hangs does too.
  await writeFile(join(directory, ".curlrc"), "fail-with-body\nsilent\nshow-error\nmax-time = 30\n");
  const free = await Promise.all(ports.map(async (port) => [port, `${await freePort()}`] as const));
  const staying: { readonly child: ChildProcess; readonly ended: Promise<unknown> }[] = [];
  const session = join(directory, ".session");
  await writeFile(session, "");
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    ...place.variables,
    CURL_HOME: directory,
    MAGIC_HOUR_LOG_LEVEL: "none",
    PATH: [join(ROOT, "docs/test/shims"), dirname(process.execPath), process.env["PATH"]].join(":"),
    // Not the terminal's, which bash would ask.
    TERM: "dumb",
  };
  const start = (command: string, args: readonly string[]) =>
    spawn(command, args, { cwd: directory, env, stdio: ["ignore", "pipe", "pipe"], detached: true });
  const run = async (command: string, args: readonly string[]) => {
    const child = start(command, args);
    const limit = setTimeout(() => kill(child), LIMIT_MS);
    return outcomeOf(child).finally(() => clearTimeout(limit));
  };
  return {
    directory,
    localize(code) {
      const addressed = place.addresses.reduce((text, [theirs, here]) => text.replaceAll(theirs, here), code);
      return free.reduce(
        (text, [port, here]) => text.replaceAll(new RegExp(`\\b${port}\\b`, "g"), here),
        addressed,
      );
    },
    bash: (code) =>
      run("bash", [
        "-euo",
        "pipefail",
        "-c",
        `set -a; . "${session}"; ${code}\n{ export -p > "${session}"; }`,
      ]),
    node: (args) => run(process.execPath, args),
    async stay(code, port) {
      const here = free.find(([theirs]) => theirs === port)?.[1] ?? port;
      const child = start("bash", ["-euo", "pipefail", "-c", `set -a; . "${session}"; ${code}`]);
      const ended = outcomeOf(child);
      // Its end is the guide's to bring about.
      staying.push({ child, ended });
      const endedEarly = ended.then(({ stdout, stderr }) => {
        throw new Error(`ended:\n${stdout}${stderr}`);
      });
      endedEarly.catch(() => {});
      await Promise.race([answering(`http://localhost:${here}`), endedEarly]);
      return `http://localhost:${here}`;
    },
    async close() {
      for (const { child, ended } of staying) {
        kill(child);
        await ended;
      }
    },
  };
}

/** Ends a process that runs, with all that it has started. */
function kill({ exitCode, signalCode, pid }: ChildProcess): void {
  if (exitCode === null && signalCode === null && pid) process.kill(-pid, "SIGKILL");
}

async function outcomeOf(child: ChildProcess): Promise<Ran> {
  const texts = { stdout: "", stderr: "" };
  child.stdout?.setEncoding("utf8").on("data", (text: string) => {
    texts.stdout += text;
  });
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    texts.stderr += text;
  });
  const [code] = await once(child, "close");
  return { code, ...texts };
}

/** Resolves when something answers, whatever it says. */
async function answering(url: string): Promise<void> {
  const until = Date.now() + LIMIT_MS;
  for (;;) {
    try {
      await fetch(url);
      return;
    } catch (error) {
      if (Date.now() > until) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}
