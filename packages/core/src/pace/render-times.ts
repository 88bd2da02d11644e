import { type Mixture, probabilityUntil, quantileBetween } from "./log-normal.ts";

/** How many renders are remembered: few enough to follow a provider that changes, enough to know its spread. */
const WINDOW = 50;

/** What is believed before anything was seen, and how many renders that belief is worth. */
const PRIOR = { spread: 0.7, renders: 1 };

/** Share of the belief that is kept for surprises: a provider that became much faster or slower. */
const SURPRISE = { share: 0.02, spread: 1 };

/** The narrowest a remembered render is taken to be, so that constant times still leave room for jitter. */
const MIN_SPREAD = 0.004;
const MAX_SPREAD = 0.5;

/** With fewer renders than this nothing can be said of how they crowd. */
const FEW = 4;

/** What is known of how long a model takes. Plain data, newest last, in milliseconds. */
export interface RenderTimes {
  /** The adapter's own estimate of the median. */
  readonly typicalMs: number;
  readonly seen: readonly number[];
  /** Renders in a row, up to the last, that were done by the first poll. */
  readonly unwatched: number;
}

/** What is known of a model before it has painted anything. @param typicalMs - the adapter's estimate */
export function unseen(typicalMs: number): RenderTimes {
  return { typicalMs, seen: [], unwatched: 0 };
}

/**
 * Takes down a render that ended between two polls. Where in between is not known; a place is picked as the belief
 * so far makes it likely, else the lag of our own polls would be learned as slowness of the provider.
 *
 * @param afterMs - age of the operation at the last poll that found it running; 0 if there was none
 * @param byMs - its age at the poll that found it done
 */
export function observe(times: RenderTimes, afterMs: number, byMs: number): RenderTimes {
  const belief = beliefOf(times);
  const from = probabilityUntil(belief, afterMs);
  const to = probabilityUntil(belief, byMs);
  // A low-discrepancy sequence in place of chance: it spreads the picks evenly, and can be replayed.
  const pick = (times.seen.length * 0.6180339887498949 + sum(times.seen) * 0.001) % 1;
  const renderMs =
    to - from > 1e-9
      ? quantileBetween(belief, from + (to - from) * pick, afterMs, byMs)
      : (afterMs + byMs) / 2;
  return {
    typicalMs: times.typicalMs,
    seen: [...times.seen.slice(1 - WINDOW), Math.max(1, renderMs)],
    unwatched: afterMs === 0 ? times.unwatched + 1 : 0,
  };
}

/**
 * The distribution that the next render is expected to come from: what was seen, as one hump or as many small ones,
 * whichever explains it better; the adapter's estimate, which fades; and a little of everything.
 */
export function beliefOf({ typicalMs, seen }: RenderTimes): Mixture {
  const sorted = [...seen].sort((a, b) => a - b);
  const logs = sorted.map((ms) => Math.log(ms));
  const mean = sum(logs) / Math.max(1, logs.length);
  const variance = sum(logs.map((log) => (log - mean) ** 2)) / Math.max(1, logs.length - 1);
  const spread = Math.max(MIN_SPREAD, Math.sqrt(variance));
  const center = sorted.length === 0 ? typicalMs : Math.exp(mean);
  const humps = sorted.map((median, index) => ({ median, spread: spreadAround(sorted, index) }));

  const known = 1 - SURPRISE.share;
  const renders = PRIOR.renders + sorted.length;
  const share = (known * sorted.length) / renders;
  const one = sorted.length < FEW ? 0.5 : preferenceForOne(logs, { mean, spread }, humps);
  return [
    { weight: SURPRISE.share, median: center, spread: SURPRISE.spread },
    { weight: (known * PRIOR.renders) / renders, median: typicalMs, spread: PRIOR.spread },
    { weight: share * one, median: center, spread },
    ...humps.map((hump) => ({ ...hump, weight: (share * (1 - one)) / sorted.length })),
  ];
}

/** How far the neighbours of a remembered render are: wide where renders are rare, narrow where they crowd. */
function spreadAround(sorted: readonly number[], index: number): number {
  if (sorted.length < FEW) return 0.3;
  const reach = Math.max(1, Math.round(Math.sqrt(sorted.length) / 2));
  const low = sorted[Math.max(0, index - reach)] ?? 1;
  const high = sorted[Math.min(sorted.length - 1, index + reach)] ?? low;
  return Math.min(MAX_SPREAD, Math.max(MIN_SPREAD, Math.log(high / low) / 2));
}

/**
 * From 0, many humps, to 1, a single one: by how likely each render is in the light of the others.
 *
 * @see https://en.wikipedia.org/wiki/Cross-validation_(statistics)#Leave-one-out_cross-validation
 */
function preferenceForOne(
  logs: readonly number[],
  one: { mean: number; spread: number },
  humps: readonly { median: number; spread: number }[],
): number {
  let evidence = 0;
  logs.forEach((log, index) => {
    let many = 0;
    humps.forEach((hump, position) => {
      if (position !== index) many += density((log - (logs[position] ?? 0)) / hump.spread) / hump.spread;
    });
    const single = density((log - one.mean) / one.spread) / one.spread;
    evidence += Math.log(single + 1e-9) - Math.log(many / (logs.length - 1) + 1e-9);
  });
  return 1 / (1 + Math.exp(-Math.max(-20, Math.min(20, evidence))));
}

function density(deviations: number): number {
  return Math.exp(-(deviations ** 2) / 2);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
