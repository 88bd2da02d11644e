import type { Platform } from "./platform.ts";

/**
 * Milliseconds to wait after the nth failure: doubling from `firstMs` up to `maxMs`, and between half and all of
 * that, so that clients do not march in step.
 *
 * @param count - failures so far, from 1
 */
export function backoffMs(
  count: number,
  limits: { firstMs: number; maxMs: number },
  { random }: Pick<Platform, "random">,
): number {
  return Math.min(limits.firstMs * 2 ** (count - 1), limits.maxMs) * (0.5 + random() / 2);
}
