import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

const CLI = join(import.meta.dirname, "../../cli/src/main.ts");

export interface RunningWorker {
  /** Where the page is, without a token. */
  readonly url: string;
  /** As `dev` prints it: opens the page signed in. */
  readonly signedInUrl: string;
  /** Ends the Worker; its state stays. */
  stop(): Promise<void>;
  /** The same Worker again, on the same port and state. */
  restart(): Promise<void>;
  /** Ends it and removes its state. */
  dispose(): Promise<void>;
}

/** The operator's token of the Workers that tests start. */
export const TOKEN = "playground-test-token";

/** Runs `dev`, which builds the page and serves it with the real Worker. */
export async function startWorker(vars: Readonly<Record<string, string>> = {}): Promise<RunningWorker> {
  const directory = await mkdtemp(join(tmpdir(), "bluehour-playground-"));
  let dev = await startDev(directory, "0", vars);
  const { signedInUrl } = dev;
  const { origin, port } = new URL(signedInUrl);
  return {
    url: origin,
    signedInUrl,
    stop: () => dev.stop(),
    async restart() {
      dev = await startDev(directory, port, vars);
    },
    async dispose() {
      await dev.stop();
      await rm(directory, { recursive: true });
    },
  };
}

async function startDev(directory: string, port: string, vars: Readonly<Record<string, string>>) {
  const settings = { ADMIN_TOKEN: TOKEN, SIGNING_SECRET: "secret", SKETCH_RENDER_MS: "300", ...vars };
  const flags = Object.entries(settings).flatMap(([name, value]) => ["--var", `${name}:${value}`]);
  const args = [CLI, "dev", "--port", port, "--persist-to", join(directory, "state"), ...flags];
  const child = spawn(process.execPath, args, { cwd: directory, stdio: ["ignore", "pipe", "pipe"] });
  const ended = once(child, "close");
  const said: string[] = [];
  const address = new Promise<string>((resolve, reject) => {
    const hear = (text: string) => {
      said.push(text);
      const [, found] = /^Playground +(\S+)$/m.exec(said.join("")) ?? [];
      if (found) resolve(found);
    };
    child.stdout.setEncoding("utf8").on("data", hear);
    child.stderr.setEncoding("utf8").on("data", hear);
    ended.then(() => reject(new Error(`dev ended:\n${said.join("")}`)), reject);
  });
  return {
    signedInUrl: await address,
    async stop() {
      child.kill("SIGTERM");
      await ended;
    },
  };
}
