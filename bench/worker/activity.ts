import { AsyncLocalStorage } from "node:async_hooks";
import { count } from "./tally.ts";

/**
 * How long an object is billed for: while it handles something, and while it waits for an answer or a timer, which
 * keeps it from hibernating. What goes on at the same time is billed once.
 *
 * @see https://developers.cloudflare.com/durable-objects/concepts/durable-object-lifecycle/
 */
export class Activity {
  #busy = 0;
  #since = 0;

  begin(): void {
    if (this.#busy++ === 0) this.#since = performance.now();
  }

  end(): void {
    if (--this.#busy === 0) count("activeMs", performance.now() - this.#since);
  }

  /** Runs something on behalf of the object. */
  during<T>(run: () => T): T {
    return current.run(this, () => pending(run()));
  }
}

const current = new AsyncLocalStorage<Activity>();

/** Counts the object that is at work as active until a promise settles. */
export function pending<T>(result: T): T {
  const activity = current.getStore();
  if (!activity || !isThenable(result)) return result;
  activity.begin();
  const end = () => activity.end();
  result.then(end, end);
  return result;
}

/** The answer of a call to another object is a promise of its own kind. */
function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof value === "object" && value !== null && "then" in value;
}

/** Has the global calls that keep an object active seen by it. */
export function watchGlobals(): void {
  const { fetch, setTimeout, clearTimeout } = globalThis;
  const timers = new Map<unknown, Activity>();
  const over = (timer: unknown) => {
    timers.get(timer)?.end();
    timers.delete(timer);
  };
  globalThis.fetch = (...call: Parameters<typeof fetch>) => pending(fetch(...call));
  // The platform's has more overloads than a function can be given.
  globalThis.setTimeout = ((callback: () => void, ms?: number) => {
    const timer = setTimeout(() => {
      over(timer);
      callback();
    }, ms);
    const activity = current.getStore();
    activity?.begin();
    if (activity) timers.set(timer, activity);
    return timer;
  }) as typeof setTimeout;
  globalThis.clearTimeout = (timer) => {
    over(timer);
    clearTimeout(timer);
  };
}
