import { diskFiles } from "../src/node/disk-files.ts";
import { type Platform, systemPlatform } from "../src/platform.ts";

/** Longer sleeps are time limits, not pauses. */
const LONGEST_PAUSE_MS = 10_000;

/** A platform on which pauses take no time and time limits are never reached. Keeps the pauses it was asked for. */
export function hurriedPlatform(): Platform & { readonly pauses: number[] } {
  const pauses: number[] = [];
  return {
    ...systemPlatform(diskFiles),
    pauses,
    random: () => 0.5,
    sleep: async (ms, signal) => {
      if (ms > LONGEST_PAUSE_MS) return new Promise(() => {});
      signal.throwIfAborted();
      pauses.push(ms);
    },
  };
}
