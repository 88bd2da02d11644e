import type { Project } from "@bluehour/contract";
import { isTerminal } from "@bluehour/contract/is-terminal";
import { backoffMs } from "./backoff.ts";
import { BluehourError } from "./errors.ts";
import type { Requests } from "./requests.ts";
import { sleep } from "./sleep.ts";

/**
 * How to learn of a job's changes. `"events"`: the server pushes them; where something on the way does not let it, as
 * `"long-poll"`. `"long-poll"`: the server holds each answer until the job has ended; where it does not, by asking
 * again with growing pauses. `pollIntervalMs`: by asking at this interval, in milliseconds.
 */
export type Wait = "events" | "long-poll" | { readonly pollIntervalMs: number };

/** Connections in a row that may bring not a byte, before there is another way. */
const MAX_MUTE = 5;
/** How long the server is asked to hold an answer, in seconds; proxies commonly cut at 30. */
const HOLD_SECONDS = 25;
/** The same while somebody wants to see progress, of which a held answer tells nothing. */
const WATCHED_HOLD_SECONDS = 3;
/** Milliseconds for each second of the wait after which an answer counts as held, and not as given early. */
const HELD_MS = 900;

/**
 * A job as it is now, and after each change, until it is terminal.
 *
 * @param watched - whether progress is of interest too, and not the end alone
 * @throws BluehourError when a request fails for good; the signal's reason when it aborts
 */
export async function* followProject(
  requests: Pick<Requests, "get" | "events">,
  id: string,
  signal: AbortSignal,
  wait: Wait = "events",
  watched = true,
): AsyncGenerator<Project, void> {
  let seen = "";
  for await (const project of states()) {
    const facts = JSON.stringify(project);
    if (facts !== seen) yield project;
    if (isTerminal(project.status)) return;
    seen = facts;
  }

  async function* states() {
    if (wait === "events") yield* pushed();
    yield* asked();
  }

  /** What the server pushes, over as many connections as it takes. Ends when this way is of no use. */
  async function* pushed() {
    let after = "";
    let mute = 0;
    for (let fruitless = 0; mute < MAX_MUTE; fruitless++, mute++) {
      // Not before the first connection, and hardly before the second: most cuts are those of a proxy's time limit.
      if (fruitless) await sleep(backoffMs(fruitless, 100, 1000), signal);
      try {
        for await (const events of requests.events(id, after, signal)) {
          mute = 0;
          for (const event of events) {
            after = event.id;
            fruitless = 0;
            yield event.project;
          }
        }
      } catch (error) {
        signal.throwIfAborted();
        // Anything else is a connection that was cut, or could not be made: it may do so the next time.
        if (error instanceof BluehourError) return;
      }
    }
  }

  /** What the server answers, held by it as long as it goes, and never asked without a pause otherwise. */
  async function* asked() {
    const seconds = typeof wait === "object" ? 0 : watched ? WATCHED_HOLD_SECONDS : HOLD_SECONDS;
    for (let early = 1; ; early++) {
      const askedAt = performance.now();
      yield await requests.get(id, signal, seconds);
      if (typeof wait === "object") await sleep(wait.pollIntervalMs, signal);
      else if (performance.now() - askedAt < seconds * HELD_MS)
        await sleep(backoffMs(early, 250, 3000), signal);
      else early = 0;
    }
  }
}
