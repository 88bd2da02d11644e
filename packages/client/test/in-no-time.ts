import { vi } from "vitest";

/** How far the clock goes at a step, in milliseconds: less than any time limit. */
const STEP_MS = 100;

/** The promise's outcome, with a faked clock that runs on until it is there, and real work done between its steps. */
export async function inNoTime<T>(promise: Promise<T>): Promise<T> {
  let settled = false;
  const settle = () => {
    settled = true;
  };
  promise.then(settle, settle);
  while (!settled) {
    await vi.advanceTimersByTimeAsync(STEP_MS);
    await new Promise((resolve) => setImmediate(resolve));
  }
  return promise;
}
