import { nextPollAge, RenderMemory } from "@bluehour/core";
import { DISTRIBUTIONS, type Distribution } from "./distributions.ts";
import { optimalMoments } from "./optimum.ts";

/**
 * When to poll, in simulated time: polls per job against the lag until the job is known to be done, for Bluehour's
 * pace, for fixed and growing intervals, and for the optimum of someone who knows the distribution.
 */
const JOBS = 10_000;
/** Jobs that only teach. */
const WARM_UP = 30;
/** What `planFor` takes a poll to be worth for a model of 5 s, in milliseconds of lag. */
const POLL_PRICE_MS = 50;
/** An adapter's estimate that is somewhat off. */
const ROUTE = { provider: "bench", model: "bench", typicalMs: 6_000 };

/** A way to poll: the age of the next poll, given the ages of those before. */
interface Pace {
  readonly name: string;
  next(ageMs: number, poll: number): number;
  learn?(afterMs: number, byMs: number): void;
}

function paces(distribution: Distribution): Pace[] {
  const memory = new RenderMemory();
  const optimal = optimalMoments(distribution, POLL_PRICE_MS);
  return [
    {
      name: "bluehour",
      next: (ageMs) => nextPollAge(memory.planFor(ROUTE), ageMs),
      learn: (afterMs, byMs) => memory.observe(ROUTE, afterMs, byMs),
    },
    { name: "optimum", next: (ageMs, poll) => optimal[poll] ?? ageMs + 1_000 },
    { name: "every 500 ms", next: (ageMs) => ageMs + 500 },
    { name: "every 2 s", next: (ageMs) => ageMs + 2_000 },
    { name: "0.5 s, then × 1.5", next: (_, poll) => 500 * (1.5 ** (poll + 1) - 1) * 2 },
  ];
}

function measure(pace: Pace, distribution: Distribution) {
  let seed = 1;
  const random = () => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    return seed / 2 ** 32;
  };
  const lags: number[] = [];
  let polls = 0;
  for (let job = 0; job < JOBS + WARM_UP; job++) {
    const renderMs = distribution.draw(random);
    let [age, before, poll] = [0, 0, 0];
    do {
      before = age;
      age = pace.next(age, poll++);
    } while (age < renderMs);
    pace.learn?.(before, age);
    if (job < WARM_UP) continue;
    polls += poll;
    lags.push(age - renderMs);
  }
  lags.sort((a, b) => a - b);
  const mean = lags.reduce((sum, lag) => sum + lag, 0) / JOBS;
  return {
    polls: polls / JOBS,
    median: lags[JOBS / 2] ?? 0,
    p95: lags[Math.floor(JOBS * 0.95)] ?? 0,
    cost: (POLL_PRICE_MS * polls) / JOBS + mean,
  };
}

console.log("| render times | pace | polls a job | median lag, ms | 95th percentile, ms | cost, × optimum |");
console.log("| --- | --- | --: | --: | --: | --: |");
for (const distribution of DISTRIBUTIONS) {
  const rows = paces(distribution).map((pace) => ({ name: pace.name, ...measure(pace, distribution) }));
  const optimum = rows.find(({ name }) => name === "optimum")?.cost ?? 1;
  for (const { name, polls, median, p95, cost } of rows) {
    const figures = [polls.toFixed(2), median.toFixed(0), p95.toFixed(0), (cost / optimum).toFixed(2)];
    console.log(`| ${distribution.name} | ${name} | ${figures.join(" | ")} |`);
  }
}
