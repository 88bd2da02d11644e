import type { AwaitedEffect } from "./effect-runner.ts";

/** The effects of a job that are under way in this process. */
export class InFlight {
  readonly #effects = new Map<AwaitedEffect, AbortController>();

  get size(): number {
    return this.#effects.size;
  }

  /** The identities of their calls. */
  get calls(): ReadonlySet<number> {
    return new Set([...this.#effects.keys()].map(({ call }) => call));
  }

  /**
   * Has an effect count as under way for as long as the work takes. Throws what the work and the telling throw.
   *
   * @param work - gets what aborts it once nobody waits for it any more
   * @param tell - gets the outcome in the turn in which the effect ends: what it brings belongs to nobody in between
   */
  async run<T>(
    effect: AwaitedEffect,
    work: (over: AbortController) => Promise<T>,
    tell: (outcome: T) => void,
  ): Promise<void> {
    const over = new AbortController();
    this.#effects.set(effect, over);
    try {
      const outcome = await work(over);
      this.#effects.delete(effect);
      tell(outcome);
    } finally {
      this.#effects.delete(effect);
    }
  }

  /** An ended job waits for no more polls and stores. */
  abortUnwanted(): void {
    for (const [{ type }, over] of this.#effects) {
      if (type === "poll" || type === "store") over.abort();
    }
  }
}
