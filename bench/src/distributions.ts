/** A way that render times may be spread, in milliseconds. */
export interface Distribution {
  readonly name: string;
  draw(random: () => number): number;
  /** Probability of being done by `t`. */
  until(t: number): number;
  /** By when practically all are done. */
  readonly end: number;
}

function logNormal(median: number, spread: number) {
  return {
    // Box and Muller's normal deviate.
    draw: (random: () => number) =>
      median * Math.exp(spread * Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())),
    until: (t: number) => (t <= 0 ? 0 : normal(Math.log(t / median) / spread)),
  };
}

/** The standard normal distribution, by Zelen and Severo's polynomial. */
function normal(z: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(z));
  const sum =
    t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  const tail = Math.exp(-(z ** 2) / 2) * 0.3989422804014327 * sum;
  return z > 0 ? 1 - tail : tail;
}

const [quick, slow] = [logNormal(2_000, 0.15), logNormal(9_000, 0.15)];

export const DISTRIBUTIONS: readonly Distribution[] = [
  { name: "constant 5 s", draw: () => 5_000, until: (t) => (t >= 5_000 ? 1 : 0), end: 5_200 },
  { name: "log-normal 5 s, σ 0.3", ...logNormal(5_000, 0.3), end: 20_000 },
  { name: "log-normal 5 s, σ 0.5", ...logNormal(5_000, 0.5), end: 40_000 },
  {
    name: "60 % 2 s, 40 % 9 s",
    draw: (random) => (random() < 0.6 ? quick : slow).draw(random),
    until: (t) => 0.6 * quick.until(t) + 0.4 * slow.until(t),
    end: 20_000,
  },
];
