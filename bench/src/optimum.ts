import type { Distribution } from "./distributions.ts";

const CELLS = 2_000;

/**
 * The moments to poll at if the distribution were known, by dynamic programming on a fine grid: no pace can cost less.
 *
 * @param pollPriceMs - the lag, in milliseconds, that is worth as much as one poll
 */
export function optimalMoments({ until, end }: Distribution, pollPriceMs: number): number[] {
  const width = end / CELLS;
  const done = Array.from({ length: CELLS + 1 }, (_, index) => until(index * width));
  const mean = done.map(() => 0);
  for (let index = 1; index <= CELLS; index++) {
    const share = (done[index] ?? 0) - (done[index - 1] ?? 0);
    mean[index] = (mean[index - 1] ?? 0) + (index - 0.5) * width * share;
  }
  const cost = done.map(() => 0);
  const next = done.map(() => CELLS);
  for (let from = CELLS - 1; from >= 0; from--) {
    let best = Number.POSITIVE_INFINITY;
    for (let to = from + 1; to <= CELLS; to++) {
      const lag = to * width * ((done[to] ?? 0) - (done[from] ?? 0)) - ((mean[to] ?? 0) - (mean[from] ?? 0));
      const total = pollPriceMs * (1 - (done[from] ?? 0)) + lag + (cost[to] ?? 0);
      if (total >= best) continue;
      best = total;
      next[from] = to;
    }
    cost[from] = best;
  }
  const moments: number[] = [];
  for (let at = 0; at < CELLS; at = next[at] ?? CELLS) moments.push((next[at] ?? CELLS) * width);
  return moments;
}
