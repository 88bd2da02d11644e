/** A way that render times may be spread, in milliseconds. */
export interface Distribution {
  readonly name: string;
  draw(random: () => number): number;
  /** Probability of being done by `t`. */
  until(t: number): number;
  /** By when practically all are done. */
  readonly end: number;
}

/** Log-normal, by its median and the spread of its logarithm. */
export function logNormal(median: number, spread: number) {
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

/** The distributions that the aims name. */
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

const narrow = logNormal(5_000, 0.05);
const three = [logNormal(1_500, 0.1), logNormal(5_000, 0.1), logNormal(12_000, 0.1)] as const;

/** Others, which the aims do not name: to see whether the pace holds beyond those above. */
export const OTHERS: readonly Distribution[] = [
  { name: "log-normal 5 s, σ 0.05", ...narrow, end: 7_000 },
  {
    name: "constant, 60 % 2 s, 40 % 9 s",
    draw: (random) => (random() < 0.6 ? 2_000 : 9_000),
    until: (t) => (t >= 9_000 ? 1 : t >= 2_000 ? 0.6 : 0),
    end: 9_200,
  },
  {
    name: "5 s ± 90 ms, even",
    draw: (random) => 4_910 + 180 * random(),
    until: (t) => Math.min(1, Math.max(0, (t - 4_910) / 180)),
    end: 5_400,
  },
  {
    name: "3 to 7 s, even",
    draw: (random) => 3_000 + 4_000 * random(),
    until: (t) => Math.min(1, Math.max(0, (t - 3_000) / 4_000)),
    end: 7_200,
  },
  {
    name: "2 s and a wait, mean 2 s",
    draw: (random) => 2_000 - 2_000 * Math.log(1 - random()),
    until: (t) => (t <= 2_000 ? 0 : 1 - Math.exp(-(t - 2_000) / 2_000)),
    end: 24_000,
  },
  {
    name: "thirds of 1.5 s, 5 s, 12 s, σ 0.1",
    draw: (random) => (three[Math.floor(random() * 3)] ?? three[0]).draw(random),
    until: (t) => three.reduce((sum, one) => sum + one.until(t) / 3, 0),
    end: 19_000,
  },
];
