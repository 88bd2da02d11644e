/** Timers go no further than about 24 days; a minute is plenty to look again. */
const MAX_TIMER_MS = 60_000;

/** Lets those who wait know that something has changed, or that it is time to look. */
export class Changes {
  /** Resolved, and made anew, at every change. */
  #next = Promise.withResolvers<void>();
  /** One for all waits: mostly a change comes first, and a timer for each would be set and cleared for nothing. */
  #timer: { readonly id: ReturnType<typeof setTimeout>; readonly at: number } | null = null;

  tell(): void {
    this.#next.resolve();
    this.#next = Promise.withResolvers<void>();
  }

  /** Waits until a condition holds, looking at every change, but no longer than `limitMs`. */
  async until(condition: () => boolean, limitMs: number): Promise<void> {
    const end = Date.now() + limitMs;
    while (!condition() && Date.now() < end) await this.within(end - Date.now());
    this.rest();
  }

  /** Waits for the next change, but no longer than `limitMs`; at times less long, with nothing changed. */
  async within(limitMs: number): Promise<void> {
    this.#tellBy(Date.now() + Math.min(Math.max(0, limitMs), MAX_TIMER_MS));
    await this.#next.promise;
  }

  /**
   * To be called after the last wait, since an object with a timer is kept in memory, and billed. Whoever waits
   * all the same looks once more, and sets the timer anew.
   */
  rest(): void {
    if (this.#timer) clearTimeout(this.#timer.id);
    this.#timer = null;
    this.tell();
  }

  #tellBy(at: number): void {
    if (this.#timer && this.#timer.at <= at) return;
    if (this.#timer) clearTimeout(this.#timer.id);
    const id = setTimeout(() => this.rest(), at - Date.now());
    this.#timer = { id, at };
  }
}
