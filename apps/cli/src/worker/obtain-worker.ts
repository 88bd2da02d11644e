import { createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import {
  HOST,
  type LocalWorker,
  type LocalWorkerOptions,
  StateInUseError,
  startLocalWorker,
} from "../local-worker.ts";
import { type BorrowedWorker, borrowWorker } from "./borrow-worker.ts";

/** The port of `dev`. */
export const DEV_PORT = 8787;

/** How often to look whether the state is free, in milliseconds. */
const LOOK_EVERY_MS = 100;

interface ObtainOptions extends LocalWorkerOptions {
  readonly signal: AbortSignal;
  /** Told, once, that another `generate` has the state, and that this one waits for it. */
  readonly onWait: () => void;
  /** What to do when a `dev` has the state: its Worker, if it will do. */
  readonly onBusy: (worker: BorrowedWorker) => LocalWorker;
}

/**
 * A Worker on a state directory, which never has two: one started here, a running `dev`'s, or one started after
 * another `generate` has ended.
 *
 * @throws the signal's reason; whatever `startLocalWorker` and `onBusy` throw
 */
export async function obtainWorker(options: ObtainOptions): Promise<LocalWorker> {
  const { signal, onWait, onBusy, ...start } = options;
  for (let waited = false; ; waited = true) {
    signal.throwIfAborted();
    try {
      return await startLocalWorker(start);
    } catch (error) {
      if (!(error instanceof StateInUseError)) throw error;
    }
    const borrowed = await borrowWorker(start.persistTo);
    if (borrowed) return onBusy(borrowed);
    if (!waited) onWait();
    await sleep(LOOK_EVERY_MS, undefined, { signal }).catch(() => {});
  }
}

/** `dev`'s port, so that printed addresses hold in a later `dev`; any other (0) while that one is taken. */
export function preferredPort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", () => resolve(0));
    probe.listen({ port: DEV_PORT, host: HOST, exclusive: true }, () => probe.close(() => resolve(DEV_PORT)));
  });
}
