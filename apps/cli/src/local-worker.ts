import { join } from "node:path";
import type { WorkerdStructuredLog } from "miniflare";
import { CommandError } from "./terminal/command-error.ts";
import { bundleWorker } from "./worker/bundle-worker.ts";
import { readDevVars } from "./worker/dev-vars.ts";
import { environmentVars } from "./worker/environment-vars.ts";
import { localEnv } from "./worker/local-env.ts";
import { tryLockState } from "./worker/state-lock.ts";
import { readWorkerConfig } from "./worker/worker-config.ts";
import {
  readWorkerRecord,
  removeWorkerRecord,
  type WorkerRecord,
  writeWorkerRecord,
} from "./worker/worker-record.ts";
import { endOrphan, watchWorkerd, withoutSignalListeners } from "./worker/workerd-process.ts";
import { WORKSPACE_ROOT } from "./worker/workspace-root.ts";

/** Reachable from this machine only: the token is no password for a network. */
export const HOST = "127.0.0.1";

export interface LocalWorkerOptions {
  /** Directory of the state: created if missing, and owned by one Worker at a time. */
  readonly persistTo: string;
  /** Default: a free one. */
  readonly port?: number | undefined;
  /** Settings that win over those in the environment, in `.dev.vars` and wrangler.toml. */
  readonly vars?: Readonly<Record<string, string>> | undefined;
  readonly startedBy?: WorkerRecord["startedBy"];
  /** Serve the playground too, which must be built. */
  readonly withAssets?: boolean;
  /** Told of every line that the Worker logs. */
  readonly onLog?: (log: WorkerdStructuredLog) => void;
}

export interface LocalWorker {
  readonly url: string;
  /** The operator's. */
  readonly token: string;
  /** Ends workerd and gives the state back. */
  stop(): Promise<void>;
}

/** Another process runs a Worker on this state directory. */
export class StateInUseError extends CommandError {
  override readonly name = "StateInUseError";
}

/**
 * Starts the real Worker, bundled from its sources, in a local workerd.
 *
 * @throws StateInUseError; CommandError for a port in use, sources or settings that are wrong
 * @example
 * const { url, token, stop } = await startLocalWorker({ persistTo: ".bluehour" });
 */
export async function startLocalWorker(options: LocalWorkerOptions): Promise<LocalWorker> {
  const { persistTo, startedBy = "generate" } = options;
  const lock = tryLockState(persistTo);
  if (!lock) throw new StateInUseError(`another process runs a Worker on ${persistTo}`);

  let record: WorkerRecord = { startedBy, pid: process.pid };
  let recording = Promise.resolve();
  const amend = (facts: Partial<WorkerRecord>) => {
    record = { ...record, ...facts };
    const content = record;
    recording = recording.then(() => writeWorkerRecord(persistTo, content));
    return recording;
  };
  const unwatch = watchWorkerd((workerd) => void amend({ workerd }));
  const release = async () => {
    unwatch();
    await recording.catch(() => {});
    await removeWorkerRecord(persistTo);
    lock.release();
  };

  try {
    const before = await readWorkerRecord(persistTo);
    if (before?.workerd) endOrphan(before.workerd);
    await amend({});
    const { url, token, dispose } = await startWorkerd(options);
    await amend({ url, token });
    let stopping: Promise<void> | undefined;
    const stop = async () => {
      await dispose();
      await release();
    };
    return {
      url,
      token,
      stop: () => {
        stopping ??= stop();
        return stopping;
      },
    };
  } catch (error) {
    await release();
    throw error;
  }
}

async function startWorkerd({
  persistTo,
  port = 0,
  vars = {},
  withAssets = false,
  onLog,
}: LocalWorkerOptions) {
  const { main, config, assets } = await readWorkerConfig(join(WORKSPACE_ROOT, "wrangler.toml"));
  const bundling = bundleWorker(main);
  // esbuild works while this process reads half a second's worth of Miniflare.
  const [{ Log, LogLevel, Miniflare }, script, settings] = await Promise.all([
    import("miniflare"),
    bundling,
    readDevVars(join(WORKSPACE_ROOT, ".dev.vars"), { ...environmentVars(process.env), ...vars }),
  ]);
  const miniflare = withoutSignalListeners(
    () =>
      new Miniflare({
        host: HOST,
        port,
        log: new Log(LogLevel.NONE),
        logRequests: false,
        handleStructuredLogs: (log) => onLog?.(log),
        handleUncaughtError: (error) =>
          onLog?.({ timestamp: Date.now(), level: "error", message: String(error) }),
        resourcePersistencePath: join(persistTo, "state"),
        telemetry: { enabled: false },
        // Otherwise Miniflare asks the network what a Cloudflare location would say.
        cf: false,
        workers: [
          {
            config: {
              ...config,
              env: localEnv(config.env, settings),
              assets: withAssets ? assets : undefined,
              manifest: {
                mainModule: "worker.js",
                modules: { "worker.js": { type: "esm", contents: script } },
              },
            },
          },
        ],
      }),
  );
  try {
    const { origin } = await miniflare.ready;
    return { url: origin, token: settings["ADMIN_TOKEN"] ?? "", dispose: () => miniflare.dispose() };
  } catch (error) {
    await miniflare.dispose().catch(() => {});
    if (error instanceof Error && "code" in error && error.code === "ERR_ADDRESS_IN_USE") {
      throw new CommandError(`port ${port} is in use; choose another with --port`, { cause: error });
    }
    const [reason] = String(error instanceof Error ? error.message : error).split("\n");
    throw new CommandError(`cannot start the local Worker: ${reason}`, { cause: error });
  }
}
