import { isTerminal, type Project } from "@bluehour/contract";
import { backoffMs } from "./backoff.ts";
import type { Platform } from "./platform.ts";
import type { Requests } from "./requests.ts";
import type { Scope } from "./scope.ts";

/** Told of the job whenever it has changed. */
export type OnProgress = (project: Project) => void;

/** How long the server is asked to hold an answer, in seconds; proxies commonly cut at 30. */
const WAIT_SECONDS = 25;
/** Waits while somebody watches, in seconds: look at once, then often, then less so. */
const WATCHED_WAIT_SECONDS = [0, 1, 1, 2, 3] as const;
const WATCHED_MAX_SECONDS = 5;
/** Part of the wait after which an answer counts as held, and not as given early. */
const HELD = 0.9;

/**
 * Waits until a job is terminal. The server holds each answer; one that came early all the same (a server or a
 * proxy that ignores `Prefer`) makes the next request wait, so that nothing ever spins.
 *
 * @throws BluehourError when a request fails for good; the scope's reason when it ends
 */
export async function waitForProject(
  requests: Pick<Requests, "get">,
  platform: Platform,
  scope: Scope,
  id: string,
  onProgress?: OnProgress,
): Promise<Project> {
  let seen = "";
  for (let count = 0, early = 0; ; count++) {
    const longest = onProgress ? (WATCHED_WAIT_SECONDS[count] ?? WATCHED_MAX_SECONDS) : WAIT_SECONDS;
    const waitSeconds = Math.min(longest, Math.ceil(scope.remainingMs() / 1000));
    const askedAt = platform.now();
    const project = await requests.get(id, scope.signal, waitSeconds);
    if (onProgress) {
      const facts = JSON.stringify(project);
      if (facts !== seen) onProgress(project);
      seen = facts;
    }
    if (isTerminal(project.status)) return project;

    const held = platform.now() - askedAt >= waitSeconds * 1000 * HELD;
    early = held ? 0 : early + 1;
    if (!held) await platform.sleep(backoffMs(early, { firstMs: 250, maxMs: 3000 }, platform), scope.signal);
  }
}
