import type { Interval } from "./likeliest-cells.ts";
import { type LogNormal, type Mixture, normal, probabilityUntil } from "./log-normal.ts";

/** The narrowest and the widest that a hump is taken to be. */
const SPREAD = { least: 0.0002, most: 0.8 };
/** Enough to come near the likeliest humps from the start below, or from those of the plan before. */
const ROUNDS = 8;
/** A probability below this says nothing of where in its interval a time is: the polynomial ends there. */
const FAINT = 1e-7;
/**
 * Renders' worth of spread that a hump gains each round. Where the data leave its width open, it is believed as wide as
 * they allow, so that the plan looks; where they do not, they soon hold it.
 */
const WIDENING = 1;

/** An interval, and how many renders ended in it. */
interface Evidence {
  readonly after: number;
  readonly by: number;
  readonly count: number;
  /** How likely it is by what is believed beside the humps. */
  readonly elsewhere: number;
}

/** Renders to explain, those alike counted together. @param rest - what is believed beside the humps */
export function evidenceOf(seen: readonly Interval[], rest: Mixture): Evidence[] {
  const counts = new Map<string, { after: number; by: number; count: number }>();
  for (const { after, by } of seen) {
    const name = `${after}-${by}`;
    counts.set(name, { after, by, count: (counts.get(name)?.count ?? 0) + 1 });
  }
  return [...counts.values()].map((one) => ({
    ...one,
    elsewhere: probabilityUntil(rest, one.by) - probabilityUntil(rest, one.after),
  }));
}

/**
 * Moves humps to where they explain best times of which only intervals are known, by expectation and maximisation.
 *
 * @param share - the part of all renders that the humps are to explain
 * @returns the humps, and the logarithm of how likely they and the rest together make the evidence
 * @see https://en.wikipedia.org/wiki/Expectation%E2%80%93maximization_algorithm
 * @see https://en.wikipedia.org/wiki/Truncated_normal_distribution#Moments
 */
export function fitHumps(start: Mixture, evidence: readonly Evidence[], share: number) {
  const places = new Map<number, number>();
  const placeOf = (t: number) => {
    const known = places.get(t);
    if (known !== undefined) return known;
    places.set(t, places.size);
    return places.size - 1;
  };
  const observed = evidence.map((one) => ({ ...one, from: placeOf(one.after), to: placeOf(one.by) }));
  const logs = [...places.keys()].map((t) => Math.log(Math.max(t, 1e-9)));
  let humps = start;
  for (let round = 0; ; round += 1) {
    const views = humps.map((hump) => viewOf(hump, logs, share));
    let logLikelihood = 0;
    for (const { from, to, count, elsewhere } of observed) {
      let total = Math.max(1e-12, elsewhere);
      for (const { chance, below } of views) total += chance * ((below[to] ?? 0) - (below[from] ?? 0));
      logLikelihood += count * Math.log(total);
      for (const view of views) take(view, from, to, count / total);
    }
    if (round === ROUNDS) return { humps, logLikelihood };
    const explained = views.reduce((sum, { weight }) => sum + weight, FAINT);
    humps = humps.map((hump, index) => moved(hump, views[index], explained));
  }
}

/** A hump as the ends of the intervals see it, and the sums over what it explains. */
interface View {
  readonly chance: number;
  readonly z: Float64Array;
  readonly below: Float64Array;
  readonly density: Float64Array;
  weight: number;
  first: number;
  second: number;
}

function viewOf({ median, spread, weight }: LogNormal, logs: readonly number[], share: number): View {
  const z = new Float64Array(logs.length);
  const below = new Float64Array(logs.length);
  const density = new Float64Array(logs.length);
  const center = Math.log(median);
  for (let index = 0; index < logs.length; index += 1) {
    const deviations = ((logs[index] ?? 0) - center) / spread;
    const at = normal(deviations);
    z[index] = deviations;
    below[index] = at.below;
    density[index] = at.density;
  }
  return { chance: share * weight, z, below, density, weight: 0, first: 0, second: 0 };
}

/** Takes the hump's part of an interval into its sums: the moments of a normal that is cut off at both ends. */
function take(view: View, from: number, to: number, scale: number): void {
  const { z, below, density, chance } = view;
  const probability = (below[to] ?? 0) - (below[from] ?? 0);
  if (probability < FAINT) return;
  const [start = 0, end = 0] = [density[from], density[to]];
  const part = scale * chance;
  view.weight += part * probability;
  view.first += part * (start - end);
  view.second += part * (probability + (z[from] ?? 0) * start - (z[to] ?? 0) * end);
}

function moved(hump: LogNormal, view: View | undefined, explained: number): LogNormal {
  // A hump that explains next to nothing stays where it is, and fades.
  if (!view || view.weight < 1e-3) return { ...hump, weight: 1e-6 };
  const mean = view.first / view.weight;
  const variance = Math.max(0, view.second / view.weight - mean ** 2);
  return {
    median: hump.median * Math.exp(hump.spread * mean),
    spread: withinSpread(hump.spread * Math.sqrt(variance * (1 + WIDENING / (view.weight + WIDENING)))),
    weight: view.weight / explained,
  };
}

/** A hump over so many times. @param logs - their logarithms @param weight - its share of all renders */
export function humpOver(logs: readonly number[], weight: number): LogNormal {
  const mean = logs.reduce((sum, log) => sum + log, 0) / logs.length;
  const variance = logs.reduce((sum, log) => sum + (log - mean) ** 2, 0) / logs.length;
  return { median: Math.exp(mean), spread: withinSpread(Math.sqrt(variance)), weight };
}

function withinSpread(spread: number): number {
  return Math.min(SPREAD.most, Math.max(SPREAD.least, spread));
}
