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
   * @param tell - gets the outcome in the turn in which the effect ends: what it brings belongs to nobody in between
   */
  async run<T>(
    effect: AwaitedEffect,
    work: (signal: AbortSignal) => Promise<T>,
    tell: (outcome: T) => void,
  ): Promise<void> {
    const abort = new AbortController();
    this.#effects.set(effect, abort);
    try {
      const outcome = await work(abort.signal);
      this.#effects.delete(effect);
      tell(outcome);
    } finally {
      this.#effects.delete(effect);
    }
  }

  /** An ended job waits for no more polls and stores. */
  abortUnwanted(): void {
    for (const [{ type }, abort] of this.#effects) {
      if (type === "poll" || type === "store") abort.abort();
    }
  }
}
