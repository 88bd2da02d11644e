const BASE_MS = 500;
const CAP_MS = 30_000;

/**
 * Milliseconds to wait before the next try: doubles from 0.5 s up to 30 s, half of it random so that parts which
 * failed together do not return together.
 *
 * @param attempt - tries that failed so far, from 1
 * @param random - 0 up to 1
 * @see https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/ ("equal jitter")
 */
export function backoffMs(attempt: number, random: number): number {
  const ceiling = Math.min(CAP_MS, BASE_MS * 2 ** Math.max(0, attempt - 1));
  return Math.round(ceiling / 2 + (ceiling / 2) * random);
}

/**
 * Milliseconds to wait when a provider says how long: never less than it says, up to a tenth more so that its
 * callers do not all return at once.
 */
export function asToldMs(retryAfterMs: number, random: number): number {
  return Math.round(retryAfterMs * (1 + 0.1 * random));
}

/**
 * A number from 0 up to 1 that depends on nothing but its arguments: chance that can be replayed.
 *
 * @see https://github.com/bryc/code/blob/master/jshash/PRNGs.md (splitmix32)
 */
export function chance(seed: number, ...salt: number[]): number {
  let hash = seed | 0;
  for (const value of salt) {
    hash = (hash + Math.imul(value + 1, 0x9e3779b9)) | 0;
    hash = Math.imul(hash ^ (hash >>> 16), 0x21f0aaad);
    hash = Math.imul(hash ^ (hash >>> 15), 0x735a2d97);
    hash ^= hash >>> 15;
  }
  return (hash >>> 0) / 2 ** 32;
}
