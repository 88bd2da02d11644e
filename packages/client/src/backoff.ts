/**
 * Milliseconds to wait after the nth failure: doubling from `firstMs` up to `maxMs`, and between half and all of
 * that, so that clients do not march in step.
 *
 * @param count - failures so far, from 1
 */
export function backoffMs(count: number, firstMs: number, maxMs: number): number {
  return Math.min(firstMs * 2 ** (count - 1), maxMs) * (0.5 + Math.random() / 2);
}
