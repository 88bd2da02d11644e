import type { JobOrder } from "@bluehour/core";
import { describeError, log } from "../log.ts";
import type { JobLedger } from "./job-ledger.ts";
import { OwnTurns } from "./own-turns.ts";

/** How long after its admission a birth is repeated, in milliseconds; it is also tried right away. */
const BIRTH_RETRY_MS = 2_000;
const MAX_BIRTH_RETRY_MS = 60_000;

/** How long after a birth it is written down, in milliseconds: by then most jobs have ended, which says it too. */
const NOTE_AFTER_MS = 30_000;

interface Birth {
  dueAt: number;
  attempts: number;
  /** Its first turn is still to come. */
  waiting: boolean;
}

/**
 * The outbox of births. What is due is kept in memory; the ledger knows, whatever happens to that, which jobs may not
 * be born yet. That a job was born is written down only if it is still running a while later: a crash in between
 * repeats births, which changes nothing, and a row less is written for every job that is quick.
 */
export class Births {
  readonly #ledger: JobLedger;
  readonly #deliver: (order: JobOrder) => Promise<void>;
  readonly #due = new Map<string, Birth>();
  /** Born and not written down yet, and when; in the order of birth. */
  readonly #born = new Map<string, number>();
  readonly #turns = new OwnTurns();
  /** Orders on their way. */
  readonly #underWay = new Map<string, Promise<void>>();

  /** @param deliver - hands an order to its job object; may be repeated */
  constructor(ledger: JobLedger, deliver: (order: JobOrder) => Promise<void>) {
    this.#ledger = ledger;
    this.#deliver = deliver;
    for (const id of ledger.unborn()) this.#due.set(id, { dueAt: 0, attempts: 0, waiting: false });
  }

  /**
   * Has a job born after those before it, one in a turn of the event loop. Admissions that have arrived meanwhile come in
   * between: in a rush, callers are answered first.
   */
  async queue(order: JobOrder, now: () => number): Promise<void> {
    const birth = { dueAt: this.retryTime(now()), attempts: 0, waiting: true };
    this.#due.set(order.id, birth);
    await this.#turns.next();
    birth.waiting = false;
    // It may have been hurried meanwhile.
    if (this.#due.get(order.id) === birth && birth.attempts === 0) await this.bear(order, now());
  }

  /** Tries a birth now, and sees to it that it is tried again should it fail. @returns whether it succeeded */
  async bear(order: JobOrder, now: number): Promise<boolean> {
    const birth = this.#due.get(order.id) ?? { dueAt: 0, attempts: 0, waiting: false };
    birth.dueAt = now + Math.min(MAX_BIRTH_RETRY_MS, BIRTH_RETRY_MS * 2 ** birth.attempts);
    birth.attempts += 1;
    this.#due.set(order.id, birth);
    const delivery = this.#deliver(order);
    const ended = delivery.catch(() => undefined);
    this.#underWay.set(order.id, ended);
    try {
      await delivery;
      if (this.#due.delete(order.id)) this.#born.set(order.id, now);
      return true;
    } catch (error) {
      log("warn", "birth failed", {
        job_id: order.id,
        account_id: order.accountId,
        error: describeError(error),
      });
      return false;
    } finally {
      if (this.#underWay.get(order.id) === ended) this.#underWay.delete(order.id);
    }
  }

  /** Tries a birth now, unless it is done, or its order on its way: then that is waited for. @returns whether it is done */
  async hurry(order: JobOrder, now: number): Promise<boolean> {
    if (this.#born.has(order.id)) return true;
    const underWay = this.#underWay.get(order.id);
    if (!underWay) return this.bear(order, now);
    await underWay;
    return !this.#due.has(order.id);
  }

  /**
   * A job that has ended was born. Resolves when no order for it is on its way any more: the job may erase itself then,
   * and an order that came after would give birth to it again, and have it painted and paid again.
   */
  async settled(id: string): Promise<void> {
    this.#due.delete(id);
    this.#born.delete(id);
    await this.#underWay.get(id);
  }

  /** Repeats the births whose time has come, and writes down these and those that were done a while ago. */
  async catchUp(now: number, limit: number): Promise<void> {
    this.#note([...this.#born].filter(([, at]) => at + NOTE_AFTER_MS <= now).map(([id]) => id));
    const due = [...this.#due].filter(([, { dueAt }]) => dueAt <= now).slice(0, limit);
    const repeated: string[] = [];
    await Promise.all(
      due.map(async ([id, birth]) => {
        if (birth.waiting) {
          birth.dueAt = this.retryTime(now);
          return;
        }
        const order = this.#ledger.order(id);
        if (!order) this.#due.delete(id);
        else if (await this.bear(order, now)) repeated.push(id);
      }),
    );
    // Most were done before, by an object that went to sleep before it wrote them down. The next may, too.
    this.#note(repeated);
  }

  /** Writes births down. */
  #note(ids: readonly string[]): void {
    this.#ledger.markBorn(ids);
    for (const id of ids) this.#born.delete(id);
  }

  /** When a birth that is tried, or queued, now is to be looked after. */
  retryTime(now: number): number {
    return now + BIRTH_RETRY_MS;
  }

  /** When `catchUp` has something to do; null when it has not. */
  get wakeTime(): number | null {
    const times = [...this.#due.values()].map(({ dueAt }) => dueAt);
    const [oldest] = this.#born.values();
    if (oldest !== undefined) times.push(oldest + NOTE_AFTER_MS);
    return times.length === 0 ? null : times.reduce((a, b) => Math.min(a, b));
  }
}
