import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Changes } from "./changes.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Whether a wait has ended, looked at whenever one wants to. */
function watch(wait: Promise<void>) {
  const watched = { isOver: false };
  void wait.then(() => {
    watched.isOver = true;
  });
  return watched;
}

test("a wait ends at the next change", async () => {
  const changes = new Changes();
  const wait = watch(changes.within(1_000));
  await vi.advanceTimersByTimeAsync(999);
  expect(wait.isOver).toBe(false);
  changes.tell();
  await vi.advanceTimersByTimeAsync(0);
  expect(wait.isOver).toBe(true);
});

test("a wait ends when its time is up, be another's time longer or shorter", async () => {
  const changes = new Changes();
  const [long, short] = [watch(changes.until(() => false, 1_000)), watch(changes.within(100))];
  await vi.advanceTimersByTimeAsync(99);
  expect([short.isOver, long.isOver]).toEqual([false, false]);
  await vi.advanceTimersByTimeAsync(1);
  expect([short.isOver, long.isOver]).toEqual([true, false]);
  await vi.advanceTimersByTimeAsync(899);
  expect(long.isOver).toBe(false);
  await vi.advanceTimersByTimeAsync(1);
  expect(long.isOver).toBe(true);
});

test("who rests leaves no timer behind, but for those who go on waiting", async () => {
  const changes = new Changes();
  const long = watch(changes.until(() => false, 1_000));
  changes.rest();
  await vi.advanceTimersByTimeAsync(0);
  expect(vi.getTimerCount()).toBe(1);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(long.isOver).toBe(true);
  expect(vi.getTimerCount()).toBe(0);
});

test("a condition that holds is not waited for", async () => {
  const changes = new Changes();
  let holds = false;
  const wait = watch(changes.until(() => holds, 1_000));
  changes.tell();
  await vi.advanceTimersByTimeAsync(0);
  expect(wait.isOver).toBe(false);
  holds = true;
  changes.tell();
  await vi.advanceTimersByTimeAsync(0);
  expect(wait.isOver).toBe(true);
  expect(vi.getTimerCount()).toBe(0);
});
