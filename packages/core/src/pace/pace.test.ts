import { describe, expect, test } from "vitest";
import { likeliestCells } from "./likeliest-cells.ts";
import { meanUntil, probabilityUntil } from "./log-normal.ts";
import { MIN_STEP_MS, nextPollAge, planFor, planPolls } from "./poll-plan.ts";
import { RenderMemory } from "./render-memory.ts";
import { beliefOf, observe, type RenderTimes, unseen } from "./render-times.ts";

const LOG_NORMAL = [{ weight: 1, median: 5_000, spread: 0.3 }];

describe("a log-normal", () => {
  test("has half of its times up to the median, and its mean where the formula puts it", () => {
    expect(probabilityUntil(LOG_NORMAL, 5_000)).toBeCloseTo(0.5, 6);
    expect(meanUntil(LOG_NORMAL, 1e9)).toBeCloseTo(5_000 * Math.exp(0.3 ** 2 / 2), 0);
    expect(probabilityUntil(LOG_NORMAL, 5_000 * Math.exp(0.3))).toBeCloseTo(0.8413, 4);
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

/** Paints with a memory that starts from an estimate; tells the polls of each render, and the lag. */
function paint(memory: RenderMemory, renders: number[], typicalMs = 6_000) {
  const route = { provider: "p", model: "m", typicalMs };
  return renders.map((renderMs) => {
    const polls = pollsOf(memory.planFor(route, "one"), renderMs);
    memory.observe(route, "one", polls.at(-2) ?? 0, polls.at(-1) ?? renderMs);
    return { polls: polls.length, lagMs: (polls.at(-1) ?? 0) - renderMs };
  });
}

/** Cost of a render, where a poll is worth 50 ms of lag. */
function costOf(painted: ReturnType<typeof paint>): number {
  return painted.reduce((sum, { polls, lagMs }) => sum + 50 * polls + lagMs, 0) / painted.length;
}

/** Numbers from 0 up to 1, evenly spread: the golden ratio's multiples. */
function spread(count: number): number[] {
  return Array.from({ length: count }, (_, index) => ((index + 1) * 0.6180339887498949) % 1);
}

describe("times that are known as intervals", () => {
  test("are where the intervals meet", () => {
    const cells = likeliestCells([
      { after: 0, by: 5_002 },
      { after: 4_990, by: 5_100 },
      { after: 4_000, by: 6_000 },
    ]);
    expect(cells).toEqual([{ after: 4_990, by: 5_002, weight: 1 }]);
  });

  test("that do not meet share the weight by their number", () => {
    const early = { after: 1_000, by: 2_000 };
    const late = { after: 5_000, by: 6_000 };
    const weights = likeliestCells([early, late, late, late]).map(({ weight }) => weight);
    expect(weights[0]).toBeCloseTo(0.25, 6);
    expect(weights[1]).toBeCloseTo(0.75, 6);
  });

  test("an end that touches a beginning is no meeting, since an interval does not hold its beginning", () => {
    const cells = likeliestCells([
      { after: 0, by: 1_000 },
      { after: 1_000, by: 2_000 },
    ]);
    expect(cells.map(({ after, by }) => [after, by])).toEqual([
      [0, 1_000],
      [1_000, 2_000],
    ]);
  });
});

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

  test("knows the age by which practically all renders have ended", () => {
    const { lateAge } = planPolls(LOG_NORMAL, 50);
    expect(probabilityUntil(LOG_NORMAL, lateAge)).toBeGreaterThanOrEqual(0.995);
    expect(probabilityUntil(LOG_NORMAL, lateAge)).toBeLessThan(0.999);
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
    const memory = new RenderMemory();
    paint(memory, Array(200).fill(5_000));
    expect(costOf(paint(memory, Array(100).fill(5_000)))).toBeLessThan(60);
  });

  test.each([1_000, 6_000, 60_000])(
    "an estimate of %i ms does not matter after thirty renders",
    (typicalMs) => {
      const memory = new RenderMemory();
      const renders = spread(230).map((share) => 4_000 + 2_000 * share);
      paint(memory, renders.slice(0, 30), typicalMs);
      // Every 500 ms would cost 750.
      expect(costOf(paint(memory, renders.slice(30), typicalMs))).toBeLessThan(430);
    },
  );

  test("two constant times are polled once each", () => {
    const memory = new RenderMemory();
    const renders = spread(500).map((share) => (share < 0.6 ? 2_000 : 9_000));
    paint(memory, renders);
    expect(costOf(paint(memory, renders.slice(0, 200)))).toBeLessThan(1.3 * 50 * 1.4);
  });

  test("a constant time that becomes four times shorter is noticed, though every first poll finds it done", () => {
    const memory = new RenderMemory();
    paint(memory, Array(300).fill(8_000));
    const late = paint(memory, Array(60).fill(2_000)).filter(({ lagMs }) => lagMs > 1_000);
    expect(late.length).toBeLessThan(32);
  });

  test("a time that becomes four times longer costs a few polls for a few renders", () => {
    const memory = new RenderMemory();
    paint(memory, Array(300).fill(2_000));
    const painted = paint(memory, Array(30).fill(8_000));
    expect(Math.max(...painted.map(({ lagMs }) => lagMs))).toBeLessThan(2_000);
    expect(painted.reduce((sum, { polls }) => sum + polls, 0)).toBeLessThan(120);
    expect(costOf(painted.slice(15))).toBeLessThan(200);
  });

  test("one render out of line does not make the others forgotten", () => {
    const times = learn(unseen(5_000), [...Array(30).fill(5_000), 20_000, ...Array(5).fill(5_000)]);
    expect(times.seen).toHaveLength(36);
  });

  test("the weights of a belief add up to 1", () => {
    for (const times of [unseen(1_000), learn(unseen(1_000), [900, 1_100, 1_000, 5_000, 950])]) {
      expect(beliefOf(times).mixture.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 6);
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
    const before = memory.planFor(slow, "one");
    for (let render = 0; render < 20; render++) memory.observe(quick, "one", 0, 900);
    expect(memory.planFor(slow, "one")).toBe(before);
    expect(nextPollAge(memory.planFor(quick, "one"), 0)).toBeLessThan(1_000);
    expect(nextPollAge(before, 0)).toBeGreaterThan(3_000);
  });

  test("of many jobs that run at once, one tries a probe, and the next only when that one has ended", () => {
    const memory = new RenderMemory();
    const route = { provider: "p", model: "m", typicalMs: 5_000 };
    const firstPoll = (jobId: string) => nextPollAge(memory.planFor(route, jobId), 0);
    let jobs = 0;
    // As many as it takes until there is something to find out.
    while (firstPoll("prober") === firstPoll("other")) {
      const jobId = `job ${jobs++}`;
      const polls = pollsOf(memory.planFor(route, jobId), 5_000);
      memory.observe(route, jobId, polls.at(-2) ?? 0, polls.at(-1) ?? 5_000);
      expect(jobs).toBeLessThan(100);
    }
    const probe = firstPoll("prober");
    const plan = firstPoll("other");
    expect(probe).toBeLessThan(plan);
    memory.observe(route, "other", 0, plan);
    expect(firstPoll("prober")).toBe(probe);
    expect(firstPoll("third")).toBe(plan);
  });

  describe("of callbacks", () => {
    const route = { provider: "p", model: "calls-back", typicalMs: 4_000 };
    const lose = (memory: RenderMemory, renders: number) => {
      for (let render = 0; render < renders; render++) memory.observe(route, "one", 0, 40_000, true);
      return memory.planFor(route, "other");
    };

    test("that do not come, three in a row: they are waited for no longer, but for one in twenty", () => {
      const memory = new RenderMemory();
      const heeded = Array.from({ length: 40 }, () => !lose(memory, 1).unheard);
      expect(heeded.flatMap((waits, index) => (waits ? [index + 1] : []))).toEqual([1, 2, 20, 40]);
      memory.observe(route, "one", 4_000, 4_000);
      expect(memory.planFor(route, "other").unheard).toBeUndefined();
    });

    test("that get lost now and then: how late they were looked for is not taken for a render time", () => {
      const memory = new RenderMemory();
      const before = memory.planFor(route, "other").lateAge;
      expect(lose(memory, 2).lateAge).toBe(before);
    });
  });
});
