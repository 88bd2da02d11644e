import type { Route } from "./order.ts";

/** Known failures of one route before the next one is tried. */
export const MAX_TRIES = 4;

/** Tries to learn, by the same key or by a look-up, what became of a submit whose answer was lost. */
export const MAX_FINDS = 6;

/** Times that a provider must say it has no such submit before it is believed: the request may still be on its way. */
export const MIN_ABSENCES = 2;

/** Pause between two such questions, in milliseconds. */
export const ABSENCE_PAUSE_MS = 2_000;

/** Callbacks make a part poll no oftener than this, in milliseconds. */
export const POKE_GAP_MS = 1_000;

/** Failed polls in a row before an operation is given up; with backoff about two minutes. */
export const MAX_POLL_STRIKES = 8;

/** Failed stores before an image is given up. */
export const MAX_STORE_ATTEMPTS = 4;

/**
 * Deaths of the process in a row, without any progress in between, after which a job is taken for their cause. So many,
 * because a process that dies of something else takes all its jobs with it, each time.
 */
export const MAX_CRASHES = 10;

/** Tries to cancel upstream before its outcome is left as unknown. */
export const MAX_CANCEL_ATTEMPTS = 5;

/**
 * While a call is in flight, its part wakes this often (milliseconds). Within one process that changes nothing; after
 * a crash it is what brings the job back.
 */
export const HEARTBEAT_MS = 5_000;

/** Time limits of single calls, in milliseconds. */
export const POLL_LIMIT_MS = 30_000;
export const FIND_LIMIT_MS = 15_000;
export const STORE_LIMIT_MS = 120_000;
export const CANCEL_LIMIT_MS = 15_000;

/** Time limit of a submit: a provider that paints while we wait gets a multiple of its usual time. */
export function submitLimitMs(route: Route): number {
  return route.pollable ? 30_000 : Math.max(60_000, route.typicalMs * 10);
}
