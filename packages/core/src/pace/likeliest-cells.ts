/** A time that is only known to lie after `after` and not after `by`, in milliseconds. */
export interface Interval {
  readonly after: number;
  readonly by: number;
}

/** An interval that a share of all times falls into. */
export interface Cell extends Interval {
  readonly weight: number;
}

/** Rounds of expectation and maximisation; more change the weights by less than the smoothing that follows. */
const ROUNDS = 40;

/**
 * The likeliest distribution behind times that are only known as intervals: the cells where the most intervals meet,
 * and the share of the times in each. Where in a cell they are, nothing tells.
 *
 * @see https://doi.org/10.1111/j.2517-6161.1976.tb01597.x (Turnbull, The Empirical Distribution Function with
 *   Arbitrarily Grouped, Censored and Truncated Data)
 */
export function likeliestCells(intervals: readonly Interval[]): Cell[] {
  const cells = meetings(intervals);
  const ranges = intervals.map(({ after, by }) => ({
    first: lowerBound(cells, (cell) => cell.after >= after),
    end: lowerBound(cells, (cell) => cell.by > by),
  }));
  let weights = cells.map(() => 1 / cells.length);
  for (let round = 0; round < ROUNDS; round += 1) {
    const until = [0];
    for (const weight of weights) until.push((until.at(-1) ?? 0) + weight);
    const slope = new Array<number>(cells.length + 1).fill(0);
    for (const { first, end } of ranges) {
      const share = 1 / Math.max(1e-12, (until[end] ?? 0) - (until[first] ?? 0));
      slope[first] = (slope[first] ?? 0) + share;
      slope[end] = (slope[end] ?? 0) - share;
    }
    let pull = 0;
    weights = weights.map((weight, index) => {
      pull += slope[index] ?? 0;
      return (weight * pull) / intervals.length;
    });
  }
  return cells.map((cell, index) => ({ ...cell, weight: weights[index] ?? 0 }));
}

/** Where a beginning is followed by an end: all mass of the likeliest distribution is in there. */
function meetings(intervals: readonly Interval[]): Interval[] {
  const afters = intervals.map(({ after }) => after).sort((a, b) => a - b);
  const bys = [...new Set(intervals.map(({ by }) => by))].sort((a, b) => a - b);
  const cells: Interval[] = [];
  let index = 0;
  let last = Number.NEGATIVE_INFINITY;
  for (const by of bys) {
    while ((afters[index] ?? Number.POSITIVE_INFINITY) < by) index += 1;
    const after = afters[index - 1] ?? 0;
    // An end with no beginning since the end before closes nothing.
    if (after >= last) cells.push({ after, by });
    last = by;
  }
  return cells;
}

/** The first index that a condition holds from. */
function lowerBound<T>(items: readonly T[], holds: (item: T) => boolean): number {
  let [low, high] = [0, items.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const item = items[middle];
    if (item !== undefined && holds(item)) high = middle;
    else low = middle + 1;
  }
  return low;
}
