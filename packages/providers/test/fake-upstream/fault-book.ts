import type { Fault } from "./fault.ts";

/** Faults waiting to happen; each is struck out when it has happened as often as it should. */
export class FaultBook {
  #waiting: { fault: Fault; left: number }[] = [];

  constructor(faults: readonly Fault[] = []) {
    this.add(faults);
  }

  add(faults: readonly Fault[]): void {
    this.#waiting.push(...faults.map((fault) => ({ fault, left: fault.times })));
  }

  clear(): void {
    this.#waiting = [];
  }

  /** Takes one occurrence of the first fault that fits. */
  take<Wanted extends Fault>(fits: (fault: Fault) => fault is Wanted): Wanted | undefined {
    for (const entry of this.#waiting) {
      const { fault } = entry;
      if (!fits(fault)) continue;
      entry.left -= 1;
      if (entry.left === 0) this.#waiting = this.#waiting.filter((other) => other !== entry);
      return fault;
    }
    return undefined;
  }
}

/** One occurrence from the first book that has a fitting fault. */
export function takeFrom<Wanted extends Fault>(
  books: readonly (FaultBook | undefined)[],
  fits: (fault: Fault) => fault is Wanted,
): Wanted | undefined {
  for (const book of books) {
    const fault = book?.take(fits);
    if (fault !== undefined) return fault;
  }
  return undefined;
}
