import { describe, expect, test } from "vitest";
import { meanUntil, probabilityUntil, quantileBetween } from "./log-normal.ts";
import { MIN_STEP_MS, nextPollAge, planFor, planPolls } from "./poll-plan.ts";
import { RenderMemory } from "./render-memory.ts";
import { beliefOf, observe, type RenderTimes, unseen } from "./render-times.ts";

const LOG_NORMAL = [{ weight: 1, median: 5_000, spread: 0.3 }];

describe("a log-normal", () => {
  test("has half of its times up to the median, and its mean where the formula puts it", () => {
    expect(probabilityUntil(LOG_NORMAL, 5_000)).toBeCloseTo(0.5, 6);
    expect(meanUntil(LOG_NORMAL, 1e9)).toBeCloseTo(5_000 * Math.exp(0.3 ** 2 / 2), 0);
    expect(quantileBetween(LOG_NORMAL, 0.8413, 0, 1e5)).toBeCloseTo(5_000 * Math.exp(0.3), -1);
  });
});

/** The polls of an operation that takes so long. */
function pollsOf(plan: ReturnType<typeof planFor>, renderMs: number): number[] {
  const polls: number[] = [];
  for (let age = 0; age < renderMs; ) {
    age = nextPollAge(plan, age);
    polls.push(age);
  }
  return polls;
}

/** Learns renders that are polled as the plan of the moment says. */
function learn(times: RenderTimes, renders: number[]): RenderTimes {
  return renders.reduce((known, renderMs) => {
    const polls = pollsOf(planFor(known), renderMs);
    return observe(known, polls.at(-2) ?? 0, polls.at(-1) ?? renderMs);
  }, times);
}

describe("a plan", () => {
  test("polls where renders are expected, and hardly before", () => {
    const plan = planPolls(LOG_NORMAL, 50);
    const polls = pollsOf(plan, 20_000);
    expect(polls[0]).toBeGreaterThan(2_000);
    expect(polls.filter((age) => age > 3_000 && age < 9_000).length).toBeGreaterThan(polls.length / 3);
  });

  test("never polls twice within the least step, and never stops polling", () => {
    for (const typicalMs of [50, 800, 6_000, 120_000]) {
      const polls = pollsOf(planFor(unseen(typicalMs)), 3_600_000);
      const steps = polls.slice(1).map((age, index) => age - (polls[index] ?? 0));
      expect(Math.min(...steps)).toBeGreaterThanOrEqual(MIN_STEP_MS - 1);
      expect(Math.max(...steps)).toBeLessThanOrEqual(30_001);
    }
  });

  test("a dearer poll is asked for less often", () => {
    const cheap = pollsOf(planPolls(LOG_NORMAL, 20), 6_000).length;
    expect(pollsOf(planPolls(LOG_NORMAL, 300), 6_000).length).toBeLessThan(cheap);
  });
});

describe("what is learned", () => {
  test("a wrong estimate of the adapter is forgotten within thirty renders", () => {
    const times = learn(unseen(20_000), Array(30).fill(2_000));
    const polls = pollsOf(planFor(times), 2_000);
    expect((polls.at(-1) ?? 0) - 2_000).toBeLessThan(300);
  });

  test("constant times need about one poll", () => {
    const times = learn(unseen(6_000), Array(40).fill(5_000));
    expect(pollsOf(planFor(times), 5_000).length).toBeLessThanOrEqual(2);
  });

  test("our own lag is not learned as slowness of the provider", () => {
    const times = learn(unseen(5_000), Array(200).fill(5_000));
    expect(Math.max(...times.seen)).toBeLessThan(5_600);
  });

  test("a provider that becomes four times faster is caught up with", () => {
    const slow = learn(unseen(8_000), Array(50).fill(8_000));
    const fast = learn(slow, Array(40).fill(2_000));
    const [first] = pollsOf(planFor(fast), 2_000);
    expect(first).toBeLessThan(4_000);
  });

  test("the weights of a belief add up to 1", () => {
    for (const times of [unseen(1_000), learn(unseen(1_000), [900, 1_100, 1_000, 5_000, 950])]) {
      expect(beliefOf(times).reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 9);
    }
  });

  test("the memory keeps models apart, and starts from the adapter's estimate", () => {
    const memory = new RenderMemory();
    const [quick, slow] = [1_000, 30_000].map((typicalMs) => ({
      provider: "p",
      model: `${typicalMs}`,
      typicalMs,
    }));
    if (!quick || !slow) throw new Error("Two routes");
    const before = memory.planFor(slow);
    for (let render = 0; render < 20; render++) memory.observe(quick, 0, 900);
    expect(memory.planFor(slow)).toBe(before);
    expect(nextPollAge(memory.planFor(quick), 0)).toBeLessThan(1_000);
    expect(nextPollAge(before, 0)).toBeGreaterThan(3_000);
  });
});
