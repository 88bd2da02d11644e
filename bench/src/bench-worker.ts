import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Log, LogLevel, Miniflare } from "miniflare";
import * as z from "zod";
import { bundleWorker, readWrangler } from "./bundle-worker.ts";

const ADMIN_TOKEN = "bench-admin";

const openedSchema = z.object({ token: z.string() });
const roundSchema = z.object({ latenciesMs: z.array(z.number()), failures: z.number() });

interface Run {
  readonly what: string;
  readonly token: string;
  readonly requests: number;
  readonly atOnce: number;
}

export interface Bench {
  /** Opens an account with more credits than a bench can spend. @returns its token */
  openAccount(): Promise<string>;
  run(run: Run): Promise<z.output<typeof roundSchema>>;
  stop(): Promise<void>;
}

/** Starts the real Worker, and beside it in the same workerd the one that makes load. State is on disk, as always. */
export async function startBench(): Promise<Bench> {
  const wrangler = await readWrangler();
  const directory = await mkdtemp(join(tmpdir(), "bluehour-bench-"));
  const [bluehour, stillJobs, load] = await Promise.all([
    bundleWorker(wrangler.main),
    bundleWorker("bench/worker/still-jobs.ts"),
    bundleWorker("bench/worker/load.ts"),
  ]);
  const compatibilityDate = wrangler.compatibility_date;
  const miniflare = new Miniflare({
    log: new Log(LogLevel.NONE),
    logRequests: false,
    handleStructuredLogs: () => {},
    resourcePersistencePath: directory,
    telemetry: { enabled: false },
    cf: false,
    workers: [
      {
        config: {
          name: "load",
          compatibilityDate,
          env: {
            BLUEHOUR: { type: "worker", worker: "bluehour" },
            SELF: { type: "worker", worker: "load" },
            NOOP: { type: "durable-object", worker: "load", exportName: "Noop" },
          },
          exports: {
            Noop: { type: "durable-object", storage: "sqlite" },
            StillJob: { type: "durable-object", storage: "sqlite" },
          },
          manifest: { mainModule: "load.js", modules: { "load.js": { type: "esm", contents: load } } },
        },
      },
      {
        config: {
          name: "bluehour",
          compatibilityDate,
          env: {
            ADMIN_TOKEN: { type: "text", value: ADMIN_TOKEN },
            SIGNING_SECRET: { type: "text", value: "bench-secret" },
            RATE_LIMIT_PER_MINUTE: { type: "text", value: "1000000" },
            ACCOUNTS: { type: "durable-object", worker: "bluehour", exportName: "AccountObject" },
            JOBS: { type: "durable-object", worker: "bluehour", exportName: "JobObject" },
            STILL: { type: "durable-object", worker: "load", exportName: "StillJob" },
            IMAGES: { type: "r2", name: "images" },
          },
          exports: {
            AccountObject: { type: "durable-object", storage: "sqlite" },
            JobObject: { type: "durable-object", storage: "sqlite" },
          },
          manifest: {
            mainModule: "still-jobs.js",
            modules: {
              "still-jobs.js": { type: "esm", contents: stillJobs },
              "bluehour.js": { type: "esm", contents: bluehour },
            },
          },
        },
      },
    ],
  });
  await miniflare.ready;
  return {
    async openAccount() {
      const { fetch } = await miniflare.getWorker("bluehour");
      const response = await fetch("https://bluehour/v1/admin/accounts", {
        method: "POST",
        headers: { Authorization: `Bearer ${ADMIN_TOKEN}`, "Content-Type": "application/json" },
        body: JSON.stringify({ name: "bench", credits: 1_000_000_000 }),
      });
      return openedSchema.parse(await response.json()).token;
    },
    async run({ what, token, requests, atOnce }) {
      const query = new URLSearchParams({ what, token, requests: `${requests}`, at_once: `${atOnce}` });
      const response = await miniflare.dispatchFetch(`https://load/run?${query}`);
      return roundSchema.parse(await response.json());
    },
    async stop() {
      await miniflare.dispose();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
