import type { Project } from "@bluehour/contract";
import { isTerminal } from "@bluehour/contract/is-terminal";
import { backoffMs } from "./backoff.ts";
import { BluehourError } from "./errors.ts";
import type { Platform } from "./platform.ts";
import type { Requests } from "./requests.ts";
import type { Scope } from "./scope.ts";

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
/** Part of the wait after which an answer counts as held, and not as given early. */
const HELD = 0.9;

interface Following {
  readonly requests: Pick<Requests, "get" | "events">;
  readonly platform: Platform;
  readonly scope: Scope;
  /** Undefined: `"events"`. */
  readonly wait: Wait | undefined;
  /** Whether progress is of interest too, and not the end alone. */
  readonly watched: boolean;
}

/**
 * A job as it is now, and after each change, until it is terminal.
 *
 * @throws BluehourError when a request fails for good; the scope's reason when it ends
 */
export async function* followProject(id: string, following: Following): AsyncGenerator<Project, Project> {
  let seen = "";
  for await (const project of states(id, following)) {
    const facts = JSON.stringify(project);
    if (facts !== seen) yield project;
    if (isTerminal(project.status)) return project;
    seen = facts;
  }
  // Asking ends by an error or by a terminal job alone.
  throw new Error("unreachable");
}

async function* states(id: string, following: Following): AsyncGenerator<Project, void> {
  if ((following.wait ?? "events") === "events") yield* pushed(id, following);
  yield* asked(id, following);
}

/** What the server pushes, over as many connections as it takes. Ends when this way is of no use. */
async function* pushed(
  id: string,
  { requests, platform, scope: { signal } }: Following,
): AsyncGenerator<Project, void> {
  let after = "";
  let mute = 0;
  for (let fruitless = 0; mute < MAX_MUTE; fruitless++, mute++) {
    // Not before the first connection, and hardly before the second: most cuts are those of a proxy's time limit.
    if (fruitless)
      await platform.sleep(backoffMs(fruitless, { firstMs: 100, maxMs: 1000 }, platform), signal);
    const heard = () => {
      mute = 0;
    };
    try {
      for await (const event of requests.events(id, after, signal, heard)) {
        after = event.id;
        fruitless = 0;
        yield event.project;
      }
    } catch (error) {
      signal.throwIfAborted();
      // Anything else is a connection that was cut, or could not be made: it may do so the next time.
      if (error instanceof BluehourError) return;
    }
  }
}

/** What the server answers, held by it as long as it goes, and never asked without a pause otherwise. */
async function* asked(
  id: string,
  { requests, platform, scope: { signal }, wait, watched }: Following,
): AsyncGenerator<Project, void> {
  for (let early = 0; ; ) {
    if (typeof wait === "object") {
      yield await requests.get(id, signal);
      await platform.sleep(wait.pollIntervalMs, signal);
      continue;
    }
    const seconds = watched ? WATCHED_HOLD_SECONDS : HOLD_SECONDS;
    const askedAt = platform.now();
    yield await requests.get(id, signal, seconds);
    const held = platform.now() - askedAt >= seconds * 1000 * HELD;
    early = held ? 0 : early + 1;
    if (!held) await platform.sleep(backoffMs(early, { firstMs: 250, maxMs: 3000 }, platform), signal);
  }
}
