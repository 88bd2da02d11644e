import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import type { JobOrder } from "@bluehour/core";
import { expect, test } from "vitest";
import { Births } from "./births.ts";
import { admissionOf, newJobId, openBooks } from "./test-admission.ts";

/** An outbox of one job, and a post that may fail. */
async function outbox(name: string, run: (bench: Bench) => Promise<void>) {
  const admission = await admissionOf({ accountId: name });
  await runInDurableObject(env.ACCOUNTS.getByName(name), async (_, { storage }) => {
    const books = openBooks(storage, null);
    const { jobs } = books;
    const order = books.complete(admission.order, newJobId());
    jobs.add(order, admission);
    const delivered: string[] = [];
    const bench: Bench = {
      order,
      delivered,
      fails: false,
      road: Promise.resolve(),
      isNoted: () => jobs.unborn().length === 0,
      start: () =>
        new Births(jobs, async ({ id }) => {
          await bench.road;
          if (bench.fails) throw new Error("unreachable");
          delivered.push(id);
        }),
    };
    await run(bench);
  });
}

interface Bench {
  readonly order: JobOrder;
  readonly delivered: string[];
  fails: boolean;
  /** How long an order is on its way. */
  road: Promise<void>;
  isNoted(): boolean;
  /** A process: what it keeps in memory goes with it. */
  start(): Births;
}

test("a birth that fails is tried again, later and later, until it succeeds", () =>
  outbox("failing", async (bench) => {
    const births = bench.start();
    bench.fails = true;
    const waits: number[] = [];
    let now = 1_000_000;
    await births.bear(bench.order, now);
    for (let attempt = 0; attempt < 7; attempt++) {
      const next = births.wakeTime ?? Number.NaN;
      waits.push(next - now);
      now = next;
      await births.catchUp(now, 10);
    }
    expect(waits).toEqual([2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000]);
    bench.fails = false;
    await births.catchUp(births.wakeTime ?? 0, 10);
    expect(bench.delivered).toEqual([bench.order.id]);
  }));

test("a process that starts anew repeats the births that were not written down", () =>
  outbox("restarted", async (bench) => {
    await bench.start().bear(bench.order, 0);
    const next = bench.start();
    await next.catchUp(1, 10);
    expect(bench.delivered).toHaveLength(2);
    // Once is enough: an account that sleeps between its alarms would else wake every job that runs, each time.
    expect(bench.isNoted()).toBe(true);
    expect(next.wakeTime).toBeNull();
    expect(bench.start().wakeTime).toBeNull();
  }));

test("a birth is written down when its job runs on for a while, and not at all when it has ended by then", () =>
  outbox("noted", async (bench) => {
    const births = bench.start();
    await births.bear(bench.order, 0);
    expect(births.wakeTime).toBe(30_000);
    await births.catchUp(29_999, 10);
    expect(bench.isNoted()).toBe(false);
    await births.catchUp(30_000, 10);
    expect(bench.isNoted()).toBe(true);
    expect(births.wakeTime).toBeNull();

    const quick = bench.start();
    await quick.bear(bench.order, 0);
    await quick.settled(bench.order.id);
    expect(quick.wakeTime).toBeNull();
  }));

test("whoever is in a hurry sends no order beside one that is on its way or has arrived", () =>
  outbox("hurried", async (bench) => {
    const births = bench.start();
    const { promise, resolve } = Promise.withResolvers<void>();
    bench.road = promise;
    const [born, hurried] = [births.bear(bench.order, 0), births.hurry(bench.order, 0)];
    resolve();
    expect(await Promise.all([born, hurried])).toEqual([true, true]);
    expect(await births.hurry(bench.order, 0)).toBe(true);
    expect(bench.delivered).toHaveLength(1);
  }));

test("whoever is in a hurry sends the order that did not arrive", () =>
  outbox("hurried-again", async (bench) => {
    const births = bench.start();
    bench.fails = true;
    const failing = births.bear(bench.order, 0);
    expect(await births.hurry(bench.order, 0)).toBe(false);
    await failing;
    bench.fails = false;
    expect(await births.hurry(bench.order, 0)).toBe(true);
    expect(bench.delivered).toHaveLength(1);
  }));

test("the end of a job is taken in only when no order for it is on its way any more", () =>
  outbox("settled", async (bench) => {
    const births = bench.start();
    const { promise, resolve } = Promise.withResolvers<void>();
    bench.road = promise;
    const events: string[] = [];
    const birth = births.bear(bench.order, 0).then(() => events.push("born"));
    const settled = births.settled(bench.order.id).then(() => events.push("settled"));
    // Nothing but the order holds the end up: give it every chance to overtake.
    for (let turn = 0; turn < 10; turn++) await Promise.resolve();
    expect(events).toEqual([]);
    resolve();
    await Promise.all([birth, settled]);
    expect(bench.delivered).toEqual([bench.order.id]);
    expect(births.wakeTime).toBeNull();

    bench.fails = true;
    const failing = births.bear(bench.order, 0);
    await births.settled(bench.order.id);
    expect(await failing).toBe(false);
  }));

test("births that are queued come one in a turn, with whatever else has arrived in between", () =>
  outbox("queued", async (bench) => {
    const births = bench.start();
    const seen: string[] = [];
    const queue = async (id: string) => {
      await births.queue({ ...bench.order, id }, () => 0);
      seen.push(id);
    };
    const first = queue("first");
    // Its turn is set when what runs now has ended.
    await Promise.resolve();
    setTimeout(() => seen.push("something else"));
    await Promise.all([first, queue("second")]);
    expect(seen).toEqual(["first", "something else", "second"]);
    expect(bench.delivered).toEqual(["first", "second"]);
  }));

test("a birth that is hurried while it is queued happens once", () =>
  outbox("hurried", async (bench) => {
    const births = bench.start();
    const queued = births.queue(bench.order, () => 0);
    expect(await births.bear(bench.order, 0)).toBe(true);
    await queued;
    expect(bench.delivered).toEqual([bench.order.id]);
  }));

test("a birth that has waited long for its turn is left to it", () =>
  outbox("waiting", async (bench) => {
    const births = bench.start();
    const queued = births.queue(bench.order, () => 0);
    expect(births.wakeTime).toBe(2_000);
    await births.catchUp(2_000, 10);
    expect(bench.delivered).toEqual([]);
    expect(births.wakeTime).toBe(4_000);
    await queued;
    expect(bench.delivered).toEqual([bench.order.id]);
  }));
