/** One log-normal hump of a mixture: `median` in milliseconds, `spread` the standard deviation of the logarithm. */
interface LogNormal {
  readonly weight: number;
  readonly median: number;
  readonly spread: number;
}

/** A distribution of times as a weighted sum of log-normals; the weights add up to 1. */
export type Mixture = readonly LogNormal[];

/** Probability that a time drawn from the mixture is at most `t`. */
export function probabilityUntil(mixture: Mixture, t: number): number {
  if (t <= 0) return 0;
  let sum = 0;
  for (const { weight, median, spread } of mixture) sum += weight * normalCdf(Math.log(t / median) / spread);
  return sum;
}

/** The part of the mixture's mean that comes from times up to `t`: the integral of `x dF(x)` from 0. */
export function meanUntil(mixture: Mixture, t: number): number {
  if (t <= 0) return 0;
  let sum = 0;
  for (const { weight, median, spread } of mixture) {
    const mean = median * Math.exp(spread ** 2 / 2);
    sum += weight * mean * normalCdf(Math.log(t / median) / spread - spread);
  }
  return sum;
}

/** The time until which a share `p` of the mixture has come, by bisection between two bounds. */
export function quantileBetween(mixture: Mixture, p: number, low: number, high: number): number {
  let [below, above] = [low, high];
  for (let step = 0; step < 30; step += 1) {
    const middle = (below + above) / 2;
    if (probabilityUntil(mixture, middle) < p) below = middle;
    else above = middle;
  }
  return (below + above) / 2;
}

/**
 * The standard normal distribution, to about seven digits.
 *
 * @see https://personal.math.ubc.ca/~cbm/aands/page_932.htm (Abramowitz and Stegun 26.2.17)
 */
function normalCdf(z: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(z));
  const polynomial =
    t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  const tail = 0.3989422804014327 * Math.exp((-z * z) / 2) * polynomial;
  return z > 0 ? 1 - tail : tail;
}
