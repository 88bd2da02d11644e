import { expect, test } from "vitest";
import { POKE_GAP_MS } from "./limits.ts";
import { Lead, plan } from "./test-lead.ts";
import { testRoute } from "./test-order.ts";
import { wakeTime } from "./wake-time.ts";

const routes = [testRoute({ callsBack: true })];
const poke = { type: "poked", part: 0 } as const;

/** A job whose provider works on it, `sinceMs` after it took it. */
function running(sinceMs: number): Lead {
  const job = new Lead({ routes }).accept();
  job.now += sinceMs;
  return job;
}

test("a callback has the provider asked at once: one poll", () => {
  const job = running(3_000).say(poke).paint().store();
  expect(job.summary.status).toBe("complete");
  expect(job.state.timeline).toContainEqual(expect.objectContaining({ type: "polled", count: 1 }));
});

test("a callback is not believed: what is still running is asked again later", () => {
  const job = running(3_000).say(poke);
  const { part, call } = job.take("poll");
  job.say({ type: "poll-succeeded", part, call, answer: { status: "running", plan } });
  expect(job.summary.status).toBe("rendering");
  expect(job.wake().take("poll").part).toBe(0);
});

test("a provider that calls back is polled once it is late, since callbacks get lost", () => {
  const job = running(0);
  expect(wakeTime(job.state) - job.now).toBeGreaterThan(plan.lateAge);
  expect(job.wake().paint().take("observe-render").silent).toBe(true);
});

test("one whose callbacks do not arrive is polled as one that makes none", () => {
  const job = new Lead({ routes });
  const { part, call } = job.take("submit");
  const answer = { status: "running" as const, operation: {}, plan: { ...plan, unheard: true as const } };
  job.say({ type: "submit-succeeded", part, call, answer });
  const polled = new Lead().accept();
  expect(wakeTime(job.state) - job.now).toBe(wakeTime(polled.state) - polled.now);
});

test("one that is far too late is polled ever less often, but never less than every two minutes", () => {
  const job = running(0);
  const polledAt: number[] = [];
  while (job.now < 500_000) {
    const { part, call } = job.wake().take("poll");
    polledAt.push(job.now);
    job.say({ type: "poll-succeeded", part, call, answer: { status: "running", plan } });
  }
  const steps = polledAt.slice(1).map((at, index) => at - (polledAt[index] ?? 0));
  expect(steps).toEqual([...steps].sort((a, b) => a - b));
  expect(Math.max(...steps)).toBe(120_000);
  expect(polledAt.length).toBeLessThan(9);
});

test("a callback before the submit's answer is remembered", () => {
  const job = new Lead({ routes }).say(poke).accept();
  expect(job.take("poll").part).toBe(0);
});

test("a callback during a poll has the provider asked once more", () => {
  const job = running(3_000).say(poke);
  const { part, call } = job.take("poll");
  job.now += 10;
  job.say(poke);
  job.say({ type: "poll-succeeded", part, call, answer: { status: "running", plan } });
  expect(wakeTime(job.state) - job.now).toBe(POKE_GAP_MS);
});

test("any number of callbacks cause at most one poll a second", () => {
  const job = running(3_000);
  let polls = 0;
  for (let ms = 0; ms < 10_000; ms += 10) {
    job.now += 10;
    job.say(poke).say({ type: "woke" });
    if (job.effects.length === 0) continue;
    polls += 1;
    const { part, call } = job.take("poll");
    job.say({ type: "poll-succeeded", part, call, answer: { status: "running", plan } });
  }
  expect(polls).toBeLessThanOrEqual(11);
});

test("a callback does not cut short a wait that the provider has asked for", () => {
  const job = running(3_000).say(poke);
  const { part, call } = job.take("poll");
  job.say({
    type: "poll-failed",
    part,
    call,
    failure: { kind: "throttled", reason: "429", retryAfterMs: 60_000 },
  });
  job.now += 2_000;
  job.say(poke);
  expect(wakeTime(job.state) - job.now).toBeGreaterThanOrEqual(58_000);
});

test("callbacks to parts that have ended, or never were, change nothing", () => {
  const job = running(3_000).say(poke).paint().store();
  for (const part of [0, 7]) {
    const before = job.state;
    expect(job.say({ type: "poked", part }).state).toBe(before);
  }
});

test("what is learned from a callback is when it came, and not how long asking took", () => {
  const job = running(3_000).say(poke);
  job.now += 40;
  job.paint();
  expect(job.take("observe-render")).toMatchObject({ afterMs: 3_000, byMs: 3_000, silent: false });
});

test("what is learned from polls is between which two it was done, and not how long asking took", () => {
  const job = new Lead().accept().wake();
  const asked = [job.now];
  const { part, call } = job.take("poll");
  job.now += 300;
  job.say({ type: "poll-succeeded", part, call, answer: { status: "running", plan } }).wake();
  asked.push(job.now);
  job.now += 300;
  job.paint();
  expect(job.take("observe-render")).toMatchObject({ afterMs: asked[0], byMs: asked[1], silent: false });
});
