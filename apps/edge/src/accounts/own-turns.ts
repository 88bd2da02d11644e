/** Gives turns of the event loop one after the other: whatever arrives meanwhile is worked on in between. */
export class OwnTurns {
  #last: Promise<void> = Promise.resolve();

  /** Resolves at a turn that nobody else has, in the order of the calls. */
  next(): Promise<void> {
    this.#last = this.#last.then(() => new Promise((resolve) => setTimeout(resolve)));
    return this.#last;
  }
}
