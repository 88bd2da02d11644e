import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { type BluehourClient, GenerationFailedError, NotFoundError, RateLimitError } from "@bluehour/client";
import type { Journal } from "./journal.ts";

interface Studio {
  readonly bluehour: BluehourClient;
  readonly journal: Journal;
  /** Where the images go. */
  readonly directory: string;
  /** Ends the work; jobs that are running go on without us. */
  readonly signal: AbortSignal;
}

/** Between tries when the server does not say how long to wait, in milliseconds. */
const PAUSE_MS = 60_000;

/**
 * Brings one prompt to its images, from wherever an earlier run left it. Killed at any point, it pays nothing twice.
 *
 * @throws BluehourError
 */
export async function paint(prompt: string, studio: Studio): Promise<readonly string[]> {
  const { bluehour, journal, directory, signal } = studio;
  const { create, resume } = bluehour.v1.aiImageGenerator;
  const { idempotencyKey = randomUUID(), id: knownId, paths: knownPaths } = journal.get(prompt) ?? {};
  if (knownPaths) return knownPaths;
  try {
    journal.set(prompt, { idempotencyKey, id: knownId });
    const request = { name: prompt, image_count: 1, style: { prompt } };
    const id = knownId ?? (await create(request, { idempotencyKey, signal })).id;
    journal.set(prompt, { idempotencyKey, id });
    const { downloaded_paths: paths } = await resume(id, {
      downloadDirectory: directory,
      signal,
      detachOnAbort: true,
    });
    journal.set(prompt, { idempotencyKey, id, paths });
    return paths;
  } catch (error) {
    // The client has tried again for a minute; a batch has more patience.
    if (error instanceof RateLimitError) {
      await sleep(error.retryAfterMs ?? PAUSE_MS, undefined, { signal });
      return paint(prompt, studio);
    }
    // It failed and was refunded, or has been deleted since: there is nothing left to go on with.
    if (error instanceof GenerationFailedError || error instanceof NotFoundError) journal.forget(prompt);
    throw error;
  }
}
