import type { Belief } from "./belief.ts";
import type { Cell, Interval } from "./likeliest-cells.ts";
import { type LogNormal, probabilityUntil } from "./log-normal.ts";
import { MIN_STEP_MS, nextPollAge, type PollPlan } from "./poll-plan.ts";
import type { RenderTimes } from "./render-times.ts";

/** For how many renders it is of use what a probe tells. */
const HORIZON = 200;
/**
 * When to look whether renders come earlier than expected: `after` so many in a row of which nobody did, or while few
 * are known a `share` of them, but `leastAfter`; sooner where so long a row is less likely than `luck`, a logarithm; and
 * at once while renders so far earlier than ever leave a `doubt`. A look is an extra poll: once in about twenty renders
 * costs five percent of one, and is what a sudden speed-up may go unnoticed for.
 */
const LOOK = { after: 18, leastAfter: 2, share: 1 / 4, luck: Math.log(0.02), doubt: 2 };
/** What is "shortly before" a poll, as a share of its age. */
const NEAR = 0.9;
/** A hump is known when so many renders were found running in the middle of it. */
const ENOUGH = 12;
/** An edge that so many renders were polled at was narrowed down before. */
const SETTLED = 20;
/** Humps of fewer renders than this are not worth a probe. */
const SMALL = 0.05;

/**
 * The plan with one more poll that is made to learn from: before the only poll that a hump of the belief gets, since
 * renders that are always done by then may well be done long before. Undefined if no probe pays.
 *
 * @param pollPriceMs - the lag, in milliseconds, that is worth as much as one poll
 */
export function probing(
  plan: PollPlan,
  { mixture, humps, cells }: Belief,
  { seen, doubt }: RenderTimes,
  pollPriceMs: number,
): PollPlan | undefined {
  const first = nextPollAge(plan, 0);
  const early = Math.min(
    first - MIN_STEP_MS,
    ...humps.map(({ median, spread }) => median * Math.exp(-3 * spread)),
  );
  if (early >= MIN_STEP_MS && isStreak(seen, doubt, probabilityUntil(mixture, first)))
    return withPoll(plan, early);
  let best: Probe | undefined;
  for (const hump of humps) {
    if (hump.weight < SMALL) continue;
    const [low, high] = middleOf(hump);
    let [from, to] = [0, 0];
    while (to < high) [from, to] = [to, nextPollAge(plan, to)];
    // Two polls in a hump tell enough of where it is.
    if (from > low) continue;
    const before = to - MIN_STEP_MS;
    if (before - from >= MIN_STEP_MS && isLookDue(seen, from, to)) return withPoll(plan, before);
    if (seen.filter(({ after }) => after > low && after < high).length >= ENOUGH) continue;
    const probe = probeBetween(from, to, cells, seen, pollPriceMs);
    if (probe && probe.gain > (best?.gain ?? 0)) best = probe;
  }
  return best && withPoll(plan, best.at);
}

/**
 * Whether so many renders in a row were done by the first poll that it is no luck any more: they may be faster now. One
 * that indeed was earlier than ever calls for the next look at once.
 */
function isStreak(seen: readonly Interval[], doubt: number, chance: number): boolean {
  const streak = seen.length - 1 - seen.findLastIndex(({ after }) => after > 0);
  if (streak === 0) return false;
  return (
    doubt > LOOK.doubt ||
    streak >= Math.min(LOOK.after, Math.max(LOOK.leastAfter, LOOK.luck / Math.log(Math.min(0.99, chance))))
  );
}

/** Where nearly all renders of a hump end. */
function middleOf({ median, spread }: LogNormal): [low: number, high: number] {
  return [median * Math.exp(-2 * spread), median * Math.exp(2 * spread)];
}

/** Whether of the last renders that came past `from` none was polled shortly before `to`. */
function isLookDue(seen: readonly Interval[], from: number, to: number): boolean {
  const near = Math.max(from, to * NEAR - MIN_STEP_MS);
  const there = seen.filter(({ by }) => by > from);
  const last = there.findLastIndex(
    ({ after, by }) => (after >= near && after < to) || (by > near && by <= to - MIN_STEP_MS / 2),
  );
  const wait = Math.min(LOOK.after, Math.max(LOOK.leastAfter, seen.length * LOOK.share));
  return there.length - 1 - last >= wait;
}

interface Probe {
  readonly at: number;
  /** Milliseconds of lag that it is expected to save, less its price. */
  readonly gain: number;
}

/**
 * The probe that pays most in the cell where most renders end. If it finds the render done, all later ones are polled
 * that much earlier; if not, it costs a poll and the least step. The share `f` of the cell to probe at maximises
 * `renders · f · (1 − f) · width / 2 − (1 − f) · cost`: nearly a bisection while the cell is wide, and nothing any more
 * when it is narrower than what a failure costs.
 */
function probeBetween(
  from: number,
  to: number,
  cells: readonly Cell[],
  seen: readonly Interval[],
  pollPriceMs: number,
): Probe | undefined {
  let heaviest: Cell | undefined;
  for (const cell of cells) {
    if (cell.by > from && cell.after < to && cell.weight > (heaviest?.weight ?? 0)) heaviest = cell;
  }
  if (!heaviest) return undefined;
  const after = Math.max(from, heaviest.after);
  const { by } = heaviest;
  const width = Math.min(by, to) - after;
  const renders = Math.min(HORIZON, seen.length) * heaviest.weight;
  const costMs = pollPriceMs + MIN_STEP_MS;
  const worthwhileMs = (2 * costMs) / renders;
  // What was narrowed down before, and only lies too far back to be remembered, needs no bisection again.
  const settled = seen.filter((one) => Math.abs(one.by - by) < worthwhileMs).length >= SETTLED;
  const share = settled ? 1 - worthwhileMs / width : 0.5 + worthwhileMs / (2 * width);
  const at = after + share * width;
  if (share < 0.5 || share >= 1 || at - from < MIN_STEP_MS) return undefined;
  return { at, gain: (renders * share * (1 - share) * width) / 2 - (1 - share) * costMs };
}

/** The plan with a poll at an age, and what comes after it as it was. */
function withPoll(plan: PollPlan, at: number): PollPlan {
  const { moments, next, lateAge } = plan;
  const from = moments.findLastIndex((moment) => moment < at) + 1;
  let planned = 0;
  while (planned < at) planned = nextPollAge(plan, planned);
  const earlier = next.slice(0, from).map((to) => (to > at - MIN_STEP_MS ? at : to));
  return {
    moments: [...moments.slice(0, from), at, ...moments.slice(from)],
    next: [...earlier, Math.max(planned, at + MIN_STEP_MS), ...next.slice(from)],
    lateAge,
  };
}
