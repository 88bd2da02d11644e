/** Timers go no further than about 24 days; a minute is plenty to look again. */
const MAX_TIMER_MS = 60_000;

/** Lets those who wait know that something has changed. */
export class Changes {
  /** Resolved, and made anew, at every change. */
  #next = Promise.withResolvers<void>();

  tell(): void {
    this.#next.resolve();
    this.#next = Promise.withResolvers<void>();
  }

  /** Waits until a condition holds, looking at every change, but no longer than `limitMs`. */
  async until(condition: () => boolean, limitMs: number): Promise<void> {
    const end = Date.now() + limitMs;
    while (!condition() && Date.now() < end) await this.within(end - Date.now());
  }

  /** Waits for the next change, but no longer than `limitMs`. */
  async within(limitMs: number): Promise<void> {
    const { promise: timeUp, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, Math.min(Math.max(0, limitMs), MAX_TIMER_MS));
    await Promise.race([this.#next.promise, timeUp]);
    clearTimeout(timer);
  }
}
