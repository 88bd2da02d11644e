import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Log, LogLevel, Miniflare, type WorkerOptions } from "miniflare";
import { bundleWorker, readWrangler } from "./bundle-worker.ts";
import { freePort } from "./free-port.ts";
import { type Process, processBelow } from "./process.ts";

const ADMIN_TOKEN = "bench-admin";

/** The Worker's module name, which a wrapper imports as `./bluehour.js`. */
const BLUEHOUR = "bluehour.js";

/** A Worker in a workerd of its own, reached over HTTP without a proxy in between. */
export interface LocalWorker {
  readonly url: string;
  /** The operator's. */
  readonly token: string;
  /** Its workerd. */
  readonly process: Process;
  stop(): Promise<void>;
}

interface LocalWorkerOptions {
  /** Settings of the Worker, beside what it cannot do without. */
  readonly vars?: Readonly<Record<string, string>>;
  /** A module of `bench/worker` that stands before the Worker and imports it. */
  readonly wrapper?: "metered.ts" | "bucket-outside.ts";
}

/** Starts the real Worker. Its state is on disk, as always; its log goes nowhere. */
export async function startBluehour({ vars = {}, wrapper }: LocalWorkerOptions = {}): Promise<LocalWorker> {
  const { main } = await readWrangler();
  const mainModule = wrapper ?? BLUEHOUR;
  const modules = {
    [BLUEHOUR]: { type: "esm" as const, contents: await bundleWorker(main) },
    ...(wrapper && {
      [wrapper]: { type: "esm" as const, contents: await bundleWorker(`bench/worker/${wrapper}`) },
    }),
  };
  const settings = {
    ADMIN_TOKEN,
    SIGNING_SECRET: "bench-secret",
    RATE_LIMIT_PER_MINUTE: "1000000",
    ALLOW_PRIVATE_HOSTS: "true",
  };
  return startWorker((url) => ({
    env: {
      ...texts({ ...settings, PUBLIC_URL: url, ...vars }),
      ACCOUNTS: { type: "durable-object", worker: "bench", exportName: "AccountObject" },
      JOBS: { type: "durable-object", worker: "bench", exportName: "JobObject" },
      WEBHOOKS: { type: "durable-object", worker: "bench", exportName: "WebhookObject" },
      IMAGES: { type: "r2", name: "images" },
    },
    exports: {
      AccountObject: { type: "durable-object", storage: "sqlite" },
      JobObject: { type: "durable-object", storage: "sqlite" },
      WebhookObject: { type: "durable-object", storage: "sqlite" },
    },
    manifest: { mainModule, modules },
  }));
}

type WorkerParts = Pick<WorkerOptions["config"], "env" | "exports" | "manifest">;

/** Starts any Worker. @param partsAt - what it is made of, at the address it will have */
export async function startWorker(partsAt: (url: string) => WorkerParts): Promise<LocalWorker> {
  const { compatibility_date: compatibilityDate } = await readWrangler();
  const directory = await mkdtemp(join(tmpdir(), "bluehour-bench-"));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const miniflare = new Miniflare({
    log: new Log(LogLevel.NONE),
    logRequests: false,
    handleStructuredLogs: () => {},
    resourcePersistencePath: directory,
    telemetry: { enabled: false },
    cf: false,
    workers: [
      {
        config: { name: "bench", compatibilityDate, compatibilityFlags: ["nodejs_als"], ...partsAt(url) },
        dev: { unsafeDirectSockets: [{ host: "127.0.0.1", port }] },
      },
    ],
  });
  const before = new Set(processBelow("workerd").map(({ pid }) => pid));
  await miniflare.ready;
  const process = processBelow("workerd").find(({ pid }) => !before.has(pid));
  if (!process) throw new Error("No workerd was started");
  return {
    url,
    token: ADMIN_TOKEN,
    process,
    async stop() {
      await miniflare.dispose();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

function texts(vars: Readonly<Record<string, string>>) {
  return Object.fromEntries(
    Object.entries(vars).map(([name, value]) => [name, { type: "text" as const, value }]),
  );
}
