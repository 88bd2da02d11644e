import type { Belief } from "./belief.ts";
import { type Mixture, meanUntil, probabilityUntil } from "./log-normal.ts";
import { beliefOf, type RenderTimes } from "./render-times.ts";

/** Polls are never closer than this, in milliseconds. */
export const MIN_STEP_MS = 100;

/** Polls are never further apart than this, in milliseconds. */
const MAX_STEP_MS = 30_000;

/** Past the plan's end the steps grow with the age of the operation. */
const TAIL_GROWTH = 1.2;
const TAIL_STEPS = 8;

/** Between these standard deviations each hump of the belief offers moments to poll. */
const OFFERS = { from: -2.5, to: 3, most: 40, least: 6 };
const MAX_OFFERS = 160;

/** The share of operations that have ended by the age that counts as late. */
const PRACTICALLY_ALL = 0.995;

/** A poll is worth as much as a lag of this share of a model's usual time, within these bounds in milliseconds. */
const POLL_PRICE = { share: 0.01, least: 15, most: 300 };

/** When to poll, for each age of an operation. Ascending, in milliseconds since the submit. */
export interface PollPlan {
  readonly moments: readonly number[];
  /** For each moment, the moment to poll at next if the operation is still running then. */
  readonly next: readonly number[];
  /** By this age practically every operation has ended, in milliseconds since the submit. */
  readonly lateAge: number;
  /** Callbacks of the model do not arrive: it is polled as if it made none. */
  readonly unheard?: true;
}

/** The plan for a model of which so much is known. Takes about two milliseconds: keep it for several jobs. */
export function planFor(times: RenderTimes): PollPlan {
  const belief = beliefOf(times);
  return planPolls(belief.mixture, pollPriceOf(belief));
}

/** The lag, in milliseconds, that is worth as much as one poll of such a model. */
export function pollPriceOf({ usualMs }: Belief): number {
  return Math.min(POLL_PRICE.most, Math.max(POLL_PRICE.least, usualMs * POLL_PRICE.share));
}

/**
 * The plan of least cost: what the polls cost and what the waiting for them costs, weighed by dynamic programming over
 * the moments that the belief offers.
 *
 * @param belief - how long renders take
 * @param pollPriceMs - the lag, in milliseconds, that is worth as much as one poll
 */
export function planPolls(belief: Mixture, pollPriceMs: number): PollPlan {
  const moments = [0, ...offers(belief)];
  const until = moments.map((moment) => probabilityUntil(belief, moment));
  const mean = moments.map((moment) => meanUntil(belief, moment));
  const last = moments.length - 1;
  const cost = new Array<number>(moments.length).fill(0);
  const next = new Array<number>(moments.length).fill(last);
  for (let from = last - 1; from >= 0; from -= 1) {
    const [start = 0, before = 0, meanBefore = 0] = [moments[from], until[from], mean[from]];
    let best = Number.POSITIVE_INFINITY;
    for (let to = from + 1; to <= last; to += 1) {
      const [end = 0, by = 0, meanBy = 0] = [moments[to], until[to], mean[to]];
      if (end - start < MIN_STEP_MS && to < last) continue;
      const lag = end * (by - before) - (meanBy - meanBefore);
      const total = pollPriceMs * (1 - before) + lag + (cost[to] ?? 0);
      if (total >= best) continue;
      best = total;
      next[from] = to;
    }
    cost[from] = best;
  }
  const lateAge = moments.find((_, index) => (until[index] ?? 1) >= PRACTICALLY_ALL) ?? moments.at(-1) ?? 0;
  return { moments, next: next.map((index) => moments[index] ?? 0), lateAge };
}

/** Moments worth polling at, thinned out where humps crowd. */
function offers(belief: Mixture): number[] {
  const { from, to, most, least } = OFFERS;
  const each = Math.min(most, Math.max(least, Math.round(MAX_OFFERS / belief.length)));
  const all = belief
    .flatMap(({ median, spread }) =>
      Array.from(
        { length: each },
        (_, i) => median * Math.exp(spread * (from + ((to - from) * i) / (each - 1))),
      ),
    )
    .filter((moment) => moment >= MIN_STEP_MS)
    .sort((a, b) => a - b);
  const every = Math.max(1, Math.ceil(all.length / MAX_OFFERS));
  const thinned = all.filter((_, index) => index % every === 0 || index === all.length - 1);
  let end = thinned.at(-1) ?? MIN_STEP_MS;
  for (let step = 0; step < TAIL_STEPS; step += 1) {
    end *= TAIL_GROWTH;
    thinned.push(end);
  }
  return thinned;
}

/**
 * The age at which to poll an operation next, in milliseconds since its submit.
 *
 * @param ageMs - its age now
 */
export function nextPollAge(plan: PollPlan, ageMs: number): number {
  const index = plan.moments.findLastIndex((moment) => moment <= ageMs + 1);
  const planned = plan.next[index] ?? 0;
  const step = planned > ageMs ? planned - ageMs : ageMs * (TAIL_GROWTH - 1);
  return ageMs + Math.min(MAX_STEP_MS, Math.max(MIN_STEP_MS, step));
}
