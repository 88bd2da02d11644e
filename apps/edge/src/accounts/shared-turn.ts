/**
 * Lets calls that arrive together write together. A commit costs an object more than all that an admission does; what
 * is written in one turn of its event loop, without waiting in between, is one commit, and one for all who joined.
 */
export class SharedTurn {
  #next: Promise<void> | null = null;

  /** Resolves at the next turn, for everybody who has joined until then: within a millisecond. */
  join(): Promise<void> {
    this.#next ??= new Promise((resolve) => {
      setTimeout(() => {
        this.#next = null;
        resolve();
      });
    });
    return this.#next;
  }
}
