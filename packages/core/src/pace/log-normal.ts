/** One log-normal hump of a mixture: `median` in milliseconds, `spread` the standard deviation of the logarithm. */
export interface LogNormal {
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
  for (const { weight, median, spread } of mixture)
    sum += weight * normal(Math.log(t / median) / spread).below;
  return sum;
}

/** The part of the mixture's mean that comes from times up to `t`: the integral of `x dF(x)` from 0. */
export function meanUntil(mixture: Mixture, t: number): number {
  if (t <= 0) return 0;
  let sum = 0;
  for (const { weight, median, spread } of mixture) {
    const mean = median * Math.exp(spread ** 2 / 2);
    sum += weight * mean * normal(Math.log(t / median) / spread - spread).below;
  }
  return sum;
}

/**
 * The standard normal distribution, to about seven digits, and its density.
 *
 * @see https://personal.math.ubc.ca/~cbm/aands/page_932.htm (Abramowitz and Stegun 26.2.17)
 */
export function normal(z: number): { below: number; density: number } {
  const density = 0.3989422804014327 * Math.exp((-z * z) / 2);
  const t = 1 / (1 + 0.2316419 * Math.abs(z));
  const polynomial =
    t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  return { below: z > 0 ? 1 - density * polynomial : density * polynomial, density };
}
