import type { JobOrder } from "@bluehour/core";
import { describeError, log } from "../log.ts";
import type { JobLedger } from "./job-ledger.ts";

/** How long after its admission a birth is repeated, in milliseconds; it is also tried right away. */
const BIRTH_RETRY_MS = 2_000;
const MAX_BIRTH_RETRY_MS = 60_000;

interface Birth {
  dueAt: number;
  attempts: number;
}

/**
 * The outbox of births. What is due is kept in memory; the ledger knows, whatever happens to that, which jobs may not
 * be born yet. That a job was born is written down later, many at a time, and not at all for jobs that have ended by
 * then: a crash in between repeats births, which changes nothing.
 */
export class Births {
  readonly #ledger: JobLedger;
  readonly #deliver: (order: JobOrder) => Promise<void>;
  readonly #due = new Map<string, Birth>();
  #born: string[] = [];

  /** @param deliver - hands an order to its job object; may be repeated */
  constructor(ledger: JobLedger, deliver: (order: JobOrder) => Promise<void>) {
    this.#ledger = ledger;
    this.#deliver = deliver;
    for (const id of ledger.unborn()) this.#due.set(id, { dueAt: 0, attempts: 0 });
  }

  /** Tries a birth now, and sees to it that it is tried again should it fail. @returns whether it succeeded */
  async bear(order: JobOrder, now: number): Promise<boolean> {
    const birth = this.#due.get(order.id) ?? { dueAt: 0, attempts: 0 };
    birth.dueAt = now + Math.min(MAX_BIRTH_RETRY_MS, BIRTH_RETRY_MS * 2 ** birth.attempts);
    birth.attempts += 1;
    this.#due.set(order.id, birth);
    try {
      await this.#deliver(order);
      if (this.#due.delete(order.id)) this.#born.push(order.id);
      return true;
    } catch (error) {
      log("warn", "birth failed", {
        job_id: order.id,
        account_id: order.accountId,
        error: describeError(error),
      });
      return false;
    }
  }

  /** Repeats the births whose time has come, and writes down those that are done. */
  async catchUp(now: number, limit: number): Promise<void> {
    this.#ledger.markBorn(this.#born.splice(0));
    const due = [...this.#due].filter(([, { dueAt }]) => dueAt <= now).slice(0, limit);
    await Promise.all(
      due.map(async ([id]) => {
        const order = this.#ledger.order(id);
        if (order) await this.bear(order, now);
        else this.#due.delete(id);
      }),
    );
    this.#ledger.markBorn(this.#born.splice(0));
  }

  /** When `catchUp` is due, at the latest, after a birth that was tried now. */
  retryTime(now: number): number {
    return now + BIRTH_RETRY_MS;
  }

  /** When `catchUp` has something to do; null when it has not. */
  wakeTime(now: number): number | null {
    if (this.#born.length > 0) return this.retryTime(now);
    const times = [...this.#due.values()].map(({ dueAt }) => dueAt);
    return times.length === 0 ? null : Math.min(...times);
  }
}
