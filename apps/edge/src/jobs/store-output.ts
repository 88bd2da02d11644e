import { type JobEvent, type Output, ProviderError } from "@bluehour/core";
import { BadOutput } from "../images/bad-output.ts";
import { type ImageBody, storeImage } from "../images/store-image.ts";
import { withinLimit } from "../within-limit.ts";
import type { Effect } from "./effect-runner.ts";
import type { Outside } from "./outside.ts";

/** How long a store that nobody waits for may take to come to its end, in milliseconds. */
const LANDING_LIMIT_MS = 10_000;

/** Fetches an image from where it is and puts it into the bucket. Never throws. */
export async function storeOutput(
  effect: Effect<"store">,
  outside: Outside,
  over: AbortController,
): Promise<JobEvent> {
  const { part, image, call, source, limitMs } = effect;
  let work: Promise<Output> | undefined;
  const fetchAndStore = async (signal: AbortSignal): Promise<Output> => {
    const body =
      source.kind === "held" ? outside.held.open(source.token) : await download(source, outside, signal);
    if (!body) throw new BadOutput("The image's bytes are no longer in memory");
    return storeImage(outside.bucket, outside.jobId, image, body);
  };
  try {
    const output = await withinLimit(limitMs, (signal) => (work = fetchAndStore(signal)), over);
    return { type: "store-succeeded", part, image, call, output };
  } catch (error) {
    // An image whose last byte is out lands all the same. Only once it has can it be removed.
    await withinLimit(LANDING_LIMIT_MS, async () => work).catch(() => undefined);
    // Messages of the platform and of streams may name addresses; only ours are passed on.
    const known = error instanceof BadOutput || error instanceof ProviderError;
    return {
      type: "store-failed",
      part,
      image,
      call,
      reason: known ? error.message : "The download broke off",
    };
  }
}

async function download(
  { url, headers }: { url: string; headers?: Readonly<Record<string, string>> },
  { fetch }: Outside,
  signal: AbortSignal,
): Promise<ImageBody> {
  const response = await fetch(url, { signal, ...(headers ? { headers } : {}) });
  if (!response.ok || !response.body) {
    await response.body?.cancel();
    throw new BadOutput(`The image's address answered ${response.status}`);
  }
  // Of an encoded body the length tells nothing about what comes out of it.
  const length = response.headers.has("content-encoding") ? null : response.headers.get("content-length");
  return { stream: response.body, bytes: length === null ? undefined : Number(length) };
}
