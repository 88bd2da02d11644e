import { type Belief, believe } from "./belief.ts";
import type { Interval } from "./likeliest-cells.ts";
import { probabilityUntil } from "./log-normal.ts";

/** How many renders are remembered. */
const WINDOW = 300;

/**
 * A model is taken to have changed when its last renders are so many times likelier, as a logarithm, by the mere guess
 * that they take about as long as ever, give or take a factor of `e`. Chance goes that far about once in `e¹²` renders.
 *
 * @see https://en.wikipedia.org/wiki/CUSUM
 */
const CHANGED = { doubt: 12, spread: 1 };

/** What is known of how long a model takes. Plain data, newest last, in milliseconds. */
export interface RenderTimes {
  /** The adapter's own estimate of the median. */
  readonly typicalMs: number;
  /** Between which ages renders ended. */
  readonly seen: readonly Interval[];
  /** How much likelier the last renders are if the model has changed since: a logarithm. */
  readonly doubt: number;
  /** How many renders that doubt comes from. */
  readonly doubtful: number;
}

/** What is known of a model before it has painted anything. @param typicalMs - the adapter's estimate */
export function unseen(typicalMs: number): RenderTimes {
  return { typicalMs, seen: [], doubt: 0, doubtful: 0 };
}

/** What is expected of the next render. @param held - the belief before, kept where nothing speaks against it */
export function beliefOf({ typicalMs, seen }: RenderTimes, held?: Belief): Belief {
  return believe(typicalMs, seen, held?.humps);
}

/**
 * Takes down a render that ended between two polls. Renders that contradict the belief until nothing but a change
 * explains them make all before them forgotten.
 *
 * @param afterMs - age of the operation at the last poll that found it running; 0 if there was none
 * @param byMs - its age at the poll that found it done
 * @param belief - what was expected of it
 */
export function observe(
  times: RenderTimes,
  afterMs: number,
  byMs: number,
  { mixture, usualMs }: Belief = beliefOf(times),
): RenderTimes {
  const between = (belief: Belief["mixture"]) =>
    probabilityUntil(belief, byMs) - probabilityUntil(belief, afterMs) + 1e-9;
  const changed = between([{ weight: 1, median: usualMs, spread: CHANGED.spread }]);
  const doubt = Math.max(0, times.doubt + Math.log(changed / between(mixture)));
  const doubtful = doubt > 0 ? times.doubtful + 1 : 0;
  const seen = [...times.seen.slice(1 - WINDOW), { after: afterMs, by: Math.max(byMs, afterMs + 1) }];
  if (doubt < CHANGED.doubt) return { typicalMs: times.typicalMs, seen, doubt, doubtful };
  return { typicalMs: times.typicalMs, seen: seen.slice(-doubtful), doubt: 0, doubtful: 0 };
}
