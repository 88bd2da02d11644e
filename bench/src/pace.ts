import { nextPollAge, RenderMemory } from "@bluehour/core";
import { followCalledBack } from "./called-back.ts";
import { chance } from "./chance.ts";
import { DISTRIBUTIONS, type Distribution, OTHERS } from "./distributions.ts";
import { optimalMoments } from "./optimum.ts";
import {
  bluehour,
  every500,
  FIXED,
  type Figures,
  type Followed,
  figuresOf,
  follow,
  JOB,
  optimum,
  type Pace,
} from "./paces.ts";
import { average, LAG, shown, table } from "./report.ts";

/**
 * When to poll, in simulated time: polls per job against the lag until the job is known to be done, for Bluehour's
 * pace, for fixed and growing intervals, and for the optimum of someone who knows the distribution.
 */
const JOBS = 10_000;
/** Jobs of the tables that compare many settings. */
const FEWER = 2_000;
/** Jobs that only teach. */
const WARM_UP = 30;
/** What production takes a poll to be worth for a model of 5 s, in milliseconds of lag. */
const PRICE_MS = 50;
const PRICES_MS = [12, 25, 50, 100, 200, 400];
const SEEDS = [1, 2, 3];
const LOST = 1 / 20;

function measure(
  pace: Pace,
  { draw }: Distribution,
  { seed = 1, jobs = JOBS, warmUp = WARM_UP } = {},
): Figures {
  const random = chance(seed);
  for (let job = 0; job < warmUp; job += 1) follow(pace, draw(random));
  return figuresOf(Array.from({ length: jobs }, () => follow(pace, draw(random))));
}

function costOf({ polls, mean }: Figures, priceMs = PRICE_MS): number {
  return priceMs * polls + mean;
}

function calledBack({ draw }: Distribution, lost: number): Figures {
  const [random, memory] = [chance(1), new RenderMemory()];
  return figuresOf(
    Array.from({ length: FEWER }, () => followCalledBack(memory, Math.round(draw(random)), random() < lost)),
  );
}

function beside(): void {
  const rows = DISTRIBUTIONS.flatMap((distribution) => {
    const paces = [bluehour(), optimum(optimalMoments(distribution, PRICE_MS)), ...FIXED];
    const measured = paces.map((pace) => ({ name: pace.name, figures: measure(pace, distribution) }));
    const best = measured[1] ? costOf(measured[1].figures) : 1;
    const callbacks = [
      { name: "bluehour, called back", figures: calledBack(distribution, 0) },
      { name: "the same, 1 in 20 callbacks lost", figures: calledBack(distribution, LOST) },
      { name: "the same, none arrives", figures: calledBack(distribution, 1) },
    ];
    return [...measured, ...callbacks].map(({ name, figures }) => [
      distribution.name,
      name,
      ...shown(figures),
      (costOf(figures) / best).toFixed(2),
    ]);
  });
  table("Beside others", ["render times", "pace", ...LAG, "cost, × optimum"], rows);
}

function robustness(): void {
  const rows = [...DISTRIBUTIONS, ...OTHERS].map((distribution) => {
    const best = optimalMoments(distribution, PRICE_MS);
    const ratio = (jobs: number, warmUp: number, seed: number, typicalMs: number) => {
      const ours = costOf(measure(bluehour({ typicalMs }), distribution, { seed, jobs, warmUp }));
      return ours / costOf(measure(optimum(best), distribution, { seed, jobs, warmUp }));
    };
    const seeds = SEEDS.map((seed) => ratio(FEWER, WARM_UP, seed, 6_000));
    const early = SEEDS.map((seed) => ratio(170, WARM_UP, seed, 6_000));
    const priors = [1_000, 6_000, 60_000].map((typicalMs) => {
      const each = SEEDS.map((seed) => ratio(FEWER / 3, WARM_UP, seed, typicalMs));
      return average(each);
    });
    return [
      distribution.name,
      average(seeds).toFixed(2),
      `${Math.min(...seeds).toFixed(2)} to ${Math.max(...seeds).toFixed(2)}`,
      `${average(early).toFixed(2)} (${Math.max(...early).toFixed(2)})`,
      ...priors.map((one) => one.toFixed(2)),
    ];
  });
  table(
    "Cost, × optimum, over three seeds",
    ["render times", "mean", "from, to", "jobs 31 to 200 (worst)", "estimate 1 s", "6 s", "60 s"],
    rows,
  );
}

function frontier(): void {
  const rows: string[][] = [];
  const halves: string[][] = [];
  for (const distribution of DISTRIBUTIONS) {
    const at = PRICES_MS.map((priceMs) => ({
      priceMs,
      ours: measure(bluehour({ pollPriceMs: priceMs }), distribution, { jobs: FEWER }),
      best: measure(optimum(optimalMoments(distribution, priceMs)), distribution, { jobs: FEWER }),
    }));
    for (const { priceMs, ours, best } of at) {
      const ratio = costOf(ours, priceMs) / costOf(best, priceMs);
      rows.push([distribution.name, `${priceMs}`, ...shown(ours), ...shown(best), ratio.toFixed(2)]);
    }
    const fixed = measure(every500(chance(7)), distribution, { jobs: FEWER });
    const ours = pollsAt(
      fixed.median,
      at.map((one) => one.ours),
    );
    const best = pollsAt(
      fixed.median,
      at.map((one) => one.best),
    );
    const figures = [
      ours.toFixed(2),
      best.toFixed(2),
      (ours / fixed.polls).toFixed(2),
      (best / fixed.polls).toFixed(2),
    ];
    halves.push([distribution.name, fixed.median.toFixed(0), fixed.polls.toFixed(2), ...figures]);
  }
  const optimal = LAG.map((name) => `${name}, optimum`);
  table("By the price of a poll", ["render times", "price, ms", ...LAG, ...optimal, "cost, × optimum"], rows);
  table(
    "Polls at the median lag of every 500 ms, from any phase",
    [
      "render times",
      "median lag, ms",
      "every 500 ms",
      "bluehour",
      "optimum",
      "bluehour, share",
      "optimum, share",
    ],
    halves,
  );
}

/** The polls at which a frontier, by rising price, has a median lag: in between, or at its end if it never lags so. */
function pollsAt(median: number, byPrice: readonly Figures[]): number {
  const above = byPrice.findIndex((figures) => figures.median > median);
  const [low, high] = [byPrice[above - 1], byPrice[above]];
  if (!low || !high) return (above === 0 ? high : byPrice.at(-1))?.polls ?? Number.NaN;
  return low.polls + ((high.polls - low.polls) * (median - low.median)) / (high.median - low.median);
}

function changes(): void {
  const rows: string[][] = [];
  for (const { name, draw } of DISTRIBUTIONS) {
    const phases = [1, 4, 1, 1 / 4, 1];
    const names = ["", "× 4 slower", "back to as before", "× 4 faster", "back to as before"];
    const runs = SEEDS.map((seed) => {
      const [random, pace] = [chance(seed), bluehour()];
      return phases.map((factor) => Array.from({ length: 500 }, () => follow(pace, factor * draw(random))));
    });
    phases.forEach((_, phase) => {
      if (phase === 0) return;
      const jobs = (of: number, from: number, to: number) =>
        runs.flatMap((run) => run[of]?.slice(from, to) ?? []);
      const part = (from: number, to: number) => shown(figuresOf(jobs(phase, from, to)));
      const ages = [jobs(phase - 1, 300, 500), jobs(phase, 0, 30)].map(foundBy);
      rows.push([name, names[phase] ?? "", ...ages, ...part(0, 30), ...part(30, 200), ...part(300, 500)]);
    });
  }
  const columns = (when: string) => [`polls, ${when}`, "median lag, ms", "95th"];
  const found = ["95 % found by, before, ms", "the first 30"];
  const head = [...found, ...columns("first 30"), ...columns("to the 200th"), ...columns("later")];
  table("After sudden changes", ["render times", "change", ...head], rows);
}

/** By when after its submit nearly every job was found done, in milliseconds. */
function foundBy(jobs: readonly Followed[]): string {
  const ages = jobs.map(({ ageMs }) => ageMs).sort((a, b) => a - b);
  return (ages[Math.floor(ages.length * 0.95)] ?? 0).toFixed(0);
}

function labor(): void {
  const rows = DISTRIBUTIONS.map(({ name, draw }) => {
    const [random, memory, took] = [chance(1), new RenderMemory(), [] as number[]];
    const route = { provider: "bench", model: "bench", typicalMs: 6_000 };
    const learn = (afterMs: number, byMs: number) => {
      const before = memory.planFor(route, JOB);
      const start = process.cpuUsage();
      memory.observe(route, JOB, afterMs, byMs);
      if (memory.planFor(route, JOB) !== before) took.push(process.cpuUsage(start).user / 1_000);
    };
    const next = (ageMs: number) => nextPollAge(memory.planFor(route, JOB), ageMs);
    for (let job = 0; job < FEWER; job += 1) follow({ name, next, learn }, draw(random));
    took.sort((a, b) => a - b);
    const at = (share: number) => (took[Math.floor(took.length * share)] ?? 0).toFixed(2);
    return [name, (FEWER / took.length).toFixed(1), at(0.5), at(0.95)];
  });
  table(
    "What planning takes of the processor",
    ["render times", "renders a plan", "median, ms", "95th percentile, ms"],
    rows,
  );
}

beside();
frontier();
changes();
robustness();
labor();
