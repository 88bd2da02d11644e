import { nextPollAge, RenderMemory } from "@bluehour/core";

/** Jobs that come one after the other may share a name. */
export const JOB = "bench";

/** An adapter's estimate that is somewhat off. */
export const TYPICAL_MS = 6_000;

/** A way to poll. */
export interface Pace {
  readonly name: string;
  /** The age of the next poll of a job that was found running at `ageMs`, after so many polls. */
  next(ageMs: number, poll: number): number;
  learn?(afterMs: number, byMs: number): void;
}

/** Bluehour's pace, new to its model. @param pollPriceMs - of the plan; that of production unless given */
export function bluehour({
  pollPriceMs,
  typicalMs = TYPICAL_MS,
}: {
  pollPriceMs?: number;
  typicalMs?: number;
} = {}): Pace {
  const route = { provider: "bench", model: "bench", typicalMs };
  const memory = new RenderMemory(pollPriceMs);
  return {
    name: "bluehour",
    next: (ageMs) => nextPollAge(memory.planFor(route, JOB), ageMs),
    learn: (afterMs, byMs) => memory.observe(route, JOB, afterMs, byMs),
  };
}

export const FIXED: readonly Pace[] = [
  { name: "every 500 ms", next: (ageMs) => ageMs + 500 },
  { name: "every 2 s", next: (ageMs) => ageMs + 2_000 },
  { name: "0.5 s, then × 1.5", next: (_, poll) => 500 * (1.5 ** (poll + 1) - 1) * 2 },
];

/** Every 500 ms from a random first poll, so that constant times do not fall on a poll by luck. */
export function every500(random: () => number): Pace {
  return {
    name: "every 500 ms, any phase",
    next: (ageMs, poll) => (poll === 0 ? 500 * (1 - random()) : ageMs + 500),
  };
}

/** The polls of someone who knows the distribution. */
export function optimum(moments: readonly number[]): Pace {
  return { name: "optimum", next: (ageMs, poll) => moments[poll] ?? ageMs + 1_000 };
}

/** One job, as it was polled. */
export interface Followed {
  readonly polls: number;
  readonly lagMs: number;
  /** How long after its submit it was found done. */
  readonly ageMs: number;
}

/** Polls a job until it is found done. */
export function follow(pace: Pace, renderMs: number): Followed {
  let [age, before, polls] = [0, 0, 0];
  do {
    before = age;
    age = pace.next(age, polls++);
  } while (age < renderMs);
  pace.learn?.(before, age);
  return { polls, lagMs: age - renderMs, ageMs: age };
}

/** What jobs took: polls a job, and lag in milliseconds. */
export interface Figures {
  readonly polls: number;
  readonly median: number;
  readonly p95: number;
  readonly mean: number;
}

export function figuresOf(jobs: readonly Followed[]): Figures {
  const lags = jobs.map(({ lagMs }) => lagMs).sort((a, b) => a - b);
  return {
    polls: jobs.reduce((sum, { polls }) => sum + polls, 0) / jobs.length,
    median: lags[lags.length >> 1] ?? 0,
    p95: lags[Math.floor(lags.length * 0.95)] ?? 0,
    mean: lags.reduce((sum, lag) => sum + lag, 0) / lags.length,
  };
}
