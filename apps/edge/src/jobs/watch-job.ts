import { isTerminal } from "@bluehour/contract";
import type { JobObject } from "./job-object.ts";
import type { Viewer } from "./viewer.ts";
import type { Sighting } from "./watchers.ts";

/** Sightings kept for a reader that is slow; of more, the oldest are dropped, since each tells the whole job. */
const MAX_PENDING = 16;

/** Pauses before a job that was lost from sight is looked for again, in milliseconds; after the last it is given up. */
const LOSS_PAUSES_MS = [0, 250, 1_000, 2_000, 4_000] as const;

/** Pause before a job that could not be born is asked for again, in milliseconds. */
const UNBORN_PAUSE_MS = 2_000;

/** What an attempt to watch a job comes to. */
export type Watch =
  | { readonly state: "watched"; readonly socket: WebSocket }
  /** It has ended, and the watcher knows it. */
  | { readonly state: "over" }
  /** It cannot answer for itself, and looks like this: not born yet, or lost. */
  | { readonly state: "speechless"; readonly sighting: Sighting };

/** Tries to watch a job, from the sighting with that id on. @throws ApiError `not_found` */
export type OpenWatch = (lastSeen: number) => Promise<Watch>;

/** Who wants to watch, and the sighting they saw last. */
interface WatchRequest {
  readonly viewer: Viewer;
  readonly lastSeen: number;
}

/** Reads in the job object what `openWatch` has sent it. */
export function readWatchRequest({ url }: Request): WatchRequest {
  // Our own words: nobody else reaches the object.
  return JSON.parse(new URL(url).searchParams.get("request") ?? "") as WatchRequest;
}

/** Asks a job to be watched. @returns null when there is no such job in the account */
export async function openWatch(
  job: DurableObjectStub<JobObject>,
  viewer: Viewer,
  lastSeen: number,
): Promise<Watch | null> {
  const { accountId, tokenId, confined } = viewer;
  const request = JSON.stringify({
    viewer: { accountId, tokenId, confined },
    lastSeen,
  } satisfies WatchRequest);
  const query = new URLSearchParams({ request });
  const response = await job.fetch(`https://job/watch?${query}`, { headers: { Upgrade: "websocket" } });
  if (response.webSocket) return { state: "watched", socket: response.webSocket };
  return response.status === 204 ? { state: "over" } : null;
}

/**
 * The sightings of a job, until it has ended or the signal aborts. A job that is lost from sight, because its object
 * was restarted, is looked for again.
 *
 * @param first - the watch that was opened with `lastSeen`
 */
export async function* followJob(
  first: Exclude<Watch, { state: "over" }>,
  open: OpenWatch,
  lastSeen: number,
  signal: AbortSignal,
): AsyncGenerator<Sighting, void> {
  let watch: Watch = first;
  let seen = lastSeen;
  let losses = 0;
  let told = false;
  while (watch.state !== "over") {
    if (watch.state === "speechless") {
      if (!told) yield watch.sighting;
      if (isTerminal(watch.sighting.job.status)) return;
      told = true;
      await pause(UNBORN_PAUSE_MS, signal);
    } else {
      for await (const sighting of sightings(watch.socket, signal)) {
        yield sighting;
        if (isTerminal(sighting.job.status)) return;
        seen = sighting.id;
        losses = 0;
      }
      const pauseMs = LOSS_PAUSES_MS[losses++];
      if (pauseMs === undefined) return;
      await pause(pauseMs, signal);
    }
    if (signal.aborted) return;
    // A job that was deleted meanwhile, or cannot be reached, has no more to show.
    watch = await open(seen).catch(() => ({ state: "over" }));
  }
}

/** What comes through one socket, until either side ends it. */
async function* sightings(socket: WebSocket, signal: AbortSignal): AsyncGenerator<Sighting, void> {
  const pending: Sighting[] = [];
  let closed = signal.aborted;
  let news = Promise.withResolvers<void>();
  const close = () => {
    closed = true;
    news.resolve();
  };
  socket.addEventListener("message", ({ data }) => {
    // The job object's own words.
    pending.push(JSON.parse(String(data)) as Sighting);
    if (pending.length > MAX_PENDING) pending.shift();
    news.resolve();
  });
  socket.addEventListener("close", close);
  socket.addEventListener("error", close);
  signal.addEventListener("abort", close);
  socket.accept();
  try {
    for (;;) {
      const sighting = pending.shift();
      if (sighting) yield sighting;
      else if (closed) return;
      else await news.promise;
      if (pending.length === 0 && !closed) news = Promise.withResolvers();
    }
  } finally {
    signal.removeEventListener("abort", close);
    socket.close(1000, "done");
  }
}

/** Waits, but not on after the signal has aborted. */
async function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, ms);
  signal.addEventListener("abort", () => resolve(), { once: true });
  await promise;
  clearTimeout(timer);
}
