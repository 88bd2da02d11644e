import { evidenceOf, fitHumps, humpOver } from "./fit-humps.ts";
import { type Cell, type Interval, likeliestCells } from "./likeliest-cells.ts";
import type { Mixture } from "./log-normal.ts";

/** How many points stand for the cells. */
const POINTS = 50;
/** A cell that begins at the submit is not taken to reach further back from its end than by this factor. */
const REACH = 4;
/** The adapter's estimate: how far it may be off, the renders it is worth, and after how many it has faded. */
const ESTIMATE = { spread: 0.7, renders: 1, fading: 30 };
/** Surprises, such as a provider that became much faster or slower: how far off, and the renders they are worth. */
const SURPRISE = { spread: 1, renders: 0.5 };
/** More humps than this are not told apart, and each needs so many renders to be believed in. */
const HUMPS = { most: 4, renders: 5 };
/** A further hump that makes the explanation worse by this much makes further ones hopeless. */
const HOPELESS = 5;
/**
 * How much likelier the explanation held so far is taken to be, as a logarithm. Where the data leave open what is the
 * case, as once the search for an edge lies too far back to be remembered, it is kept.
 */
const INERTIA = 3;

/** An explanation that is this much less likely than the best is left out. */
const UNLIKELY = 0.01;

/** How long the next render is expected to take. */
export interface Belief {
  /** All that is expected: the adapter's estimate, surprises, and what explains the renders seen. */
  readonly mixture: Mixture;
  /** The best single explanation of the renders seen. */
  readonly humps: Mixture;
  /** Where the renders must have ended, whatever explains them. */
  readonly cells: readonly Cell[];
  /** The median of the renders seen, in milliseconds; the adapter's estimate before any. */
  readonly usualMs: number;
}

/**
 * What to expect of a model's next render.
 *
 * @param typicalMs - the adapter's estimate of the median
 * @param seen - between which ages renders ended
 * @param held - the humps of the belief before
 */
export function believe(typicalMs: number, seen: readonly Interval[], held: Mixture = []): Belief {
  const cells = likeliestCells(seen);
  const points = pointsOf(cells);
  const usualMs = points[points.length >> 1] ?? typicalMs;
  const estimate = ESTIMATE.renders * Math.exp(-seen.length / ESTIMATE.fading);
  const renders = estimate + SURPRISE.renders + seen.length;
  const rest = [
    { weight: SURPRISE.renders / renders, median: usualMs, spread: SURPRISE.spread },
    { weight: estimate / renders, median: typicalMs, spread: ESTIMATE.spread },
  ];
  if (seen.length === 0) return { mixture: rest, humps: [], cells, usualMs };
  const explanations = explain(points, seen, rest, held);
  const best = explanations.reduce((a, b) => (b.score > a.score ? b : a));
  const likely = explanations
    .map(({ humps, score }) => ({ humps, trust: Math.exp(score - best.score) }))
    .filter(({ trust }) => trust > UNLIKELY);
  const total = likely.reduce((sum, { trust }) => sum + trust, 0);
  const share = seen.length / renders;
  const mixture = likely.flatMap(({ humps, trust }) => scaled(humps, (share * trust) / total));
  return { mixture: [...rest, ...mixture], humps: best.humps, cells, usualMs };
}

interface Explanation {
  readonly humps: Mixture;
  readonly score: number;
}

/**
 * Explains renders as one log-normal hump, as two, three, four, and as before. An explanation's score is how likely it
 * makes what was seen, less what its freedom costs, as a logarithm.
 *
 * @see https://en.wikipedia.org/wiki/Bayesian_information_criterion
 */
function explain(points: number[], seen: readonly Interval[], rest: Mixture, held: Mixture): Explanation[] {
  const logs = points.map((point) => Math.log(point));
  const evidence = evidenceOf(seen, rest);
  const share = 1 - rest.reduce((sum, { weight }) => sum + weight, 0);
  const scored = (start: Mixture): Explanation => {
    const { humps, logLikelihood } = fitHumps(start, evidence, share);
    const count = humps.filter(({ weight }) => weight > 0.01).length;
    return { humps, score: logLikelihood - ((3 * count - 1) / 2) * Math.log(seen.length) };
  };
  const explanations = [scored([humpOver(logs, 1)])];
  for (let count = 2; count <= HUMPS.most && seen.length >= HUMPS.renders * count; count += 1) {
    const next = scored(split(logs, count));
    const worse = next.score < (explanations.at(-1)?.score ?? 0) - HOPELESS;
    explanations.push(next);
    if (worse) break;
  }
  if (held.length > 0) {
    const { humps, score } = scored(held);
    explanations.push({ humps: humps.filter(({ weight }) => weight > 0.001), score: score + INERTIA });
  }
  return explanations;
}

/** Groups of at least two points, cut at the widest gaps between them. */
function split(logs: readonly number[], count: number): Mixture {
  const cuts = logs
    .map((log, at) => ({ at, gap: log - (logs[at - 1] ?? log) }))
    .slice(2, -1)
    .sort((a, b) => b.gap - a.gap)
    .slice(0, count - 1)
    .map(({ at }) => at)
    .sort((a, b) => a - b);
  return [0, ...cuts].map((from, index) => {
    const group = logs.slice(from, cuts[index]);
    return humpOver(group, group.length / logs.length);
  });
}

function scaled(humps: Mixture, factor: number): Mixture {
  return humps.map((hump) => ({ ...hump, weight: hump.weight * factor }));
}

/** Times that stand for the cells, ascending: spread evenly in each, since nothing tells where in it they are. */
function pointsOf(cells: readonly Cell[]): number[] {
  const points: number[] = [];
  let before = 0;
  for (const { after, by, weight } of cells) {
    const from = Math.max(after, by / REACH);
    for (; points.length < POINTS; ) {
      const share = ((points.length + 0.5) / POINTS - before) / weight;
      if (share > 1) break;
      points.push(Math.max(1, from + (by - from) * Math.max(0, share)));
    }
    before += weight;
  }
  return points;
}
