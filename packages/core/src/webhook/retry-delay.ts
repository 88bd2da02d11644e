const BASE_MS = 5_000;
const FACTOR = 4;
const CAP_MS = 3_600_000;

/**
 * Milliseconds until a webhook is tried again: 5 s, then four times as long each time up to an hour, a quarter of it
 * random so that what failed together does not return together.
 *
 * @param tries - tries that failed so far, from 1
 * @param random - 0 up to 1
 */
export function retryDelayMs(tries: number, random: number): number {
  const longest = Math.min(CAP_MS, BASE_MS * FACTOR ** Math.max(0, tries - 1));
  return Math.round(longest * (0.75 + 0.25 * random));
}
