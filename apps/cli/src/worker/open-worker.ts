import { join } from "node:path";
import type { LocalWorker, LocalWorkerOptions } from "../local-worker.ts";
import { UsageError } from "../terminal/command-error.ts";
import { checkRemote } from "./check-remote.ts";
import { obtainWorker } from "./obtain-worker.ts";
import type { Target } from "./target.ts";
import { WORKSPACE_ROOT } from "./workspace-root.ts";

interface OpenOptions extends Pick<LocalWorkerOptions, "port" | "startedBy" | "onLog"> {
  /** Told what is being done. */
  readonly note: (text: string) => void;
  readonly signal: AbortSignal;
}

/**
 * The Worker that a command is to use: a deployed one, a running `dev`'s, or one that is started for it.
 *
 * @throws UsageError for settings of a Worker that runs already; CommandError, or the signal's reason
 */
export async function openWorker(
  target: Target,
  { note, signal, ...start }: OpenOptions,
): Promise<LocalWorker> {
  if (target.kind === "remote") {
    await checkRemote(target.url, signal);
    return { url: target.url, token: target.token, stop: async () => {} };
  }
  note("starting the Worker");
  return obtainWorker({
    ...start,
    persistTo: target.persistTo ?? join(WORKSPACE_ROOT, ".bluehour"),
    vars: target.vars,
    signal,
    onWait: () => note("waiting for another generate to end"),
    onBusy: (worker) => {
      if (Object.keys(target.vars).length > 0) {
        throw new UsageError(`--var cannot change the Worker that dev runs at ${worker.url}; stop it first`);
      }
      note(`using the Worker that dev runs at ${worker.url}`);
      return { ...worker, stop: async () => {} };
    },
  });
}
