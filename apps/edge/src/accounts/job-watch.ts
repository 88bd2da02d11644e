import { KEY_LIFETIME_MS } from "./job-ledger.ts";

/** Pause before a job is asked after once more, in milliseconds; doubled each time. */
const WATCH_RETRY_MS = 60_000;
const MAX_WATCH_RETRY_MS = 3_600_000;

/** How often to look for jobs that should have been deleted, in milliseconds. */
const SWEEP_MS = 24 * 3_600_000;
const SWEEP_KEY = "sweep_at";

/** A job deletes itself at the end of its retention; after this much more the account sees to it, in milliseconds. */
const RETENTION_GRACE_MS = 24 * 3_600_000;

/** What an account keeps an eye on: jobs that should have been settled, or deleted, long ago. */
export class JobWatch {
  readonly #storage: DurableObjectStorage;

  constructor(storage: DurableObjectStorage) {
    this.#storage = storage;
  }

  /** Jobs past their deadline that are not settled. They come up again only after a pause. */
  takeOverdue(now: number, limit: number): string[] {
    const ids = this.#ids(
      "SELECT id FROM jobs WHERE status IS NULL AND watch_at <= ? ORDER BY watch_at LIMIT ?",
      now,
      limit,
    );
    for (const id of ids) {
      this.#storage.sql.exec(
        "UPDATE jobs SET watches = watches + 1, watch_at = ? + min(?, ? << min(watches, 10)) WHERE id = ?",
        now,
        MAX_WATCH_RETRY_MS,
        WATCH_RETRY_MS,
        id,
      );
    }
    return ids;
  }

  /** Once a day: jobs whose retention is over, and which still have not deleted themselves. */
  takeExpired(now: number, limit: number): string[] {
    if (now < (this.#sweepAt ?? 0)) return [];
    const ids = this.#ids(
      "SELECT id FROM jobs WHERE deleted = 0 AND expires_at <= ? ORDER BY created_at LIMIT ?",
      now - RETENTION_GRACE_MS,
      limit,
    );
    this.#storage.sql.exec("DELETE FROM jobs WHERE deleted = 1 AND created_at <= ?", now - KEY_LIFETIME_MS);
    this.#storage.kv.put(SWEEP_KEY, now + (ids.length < limit ? SWEEP_MS : WATCH_RETRY_MS));
    return ids;
  }

  /** When to look next, in milliseconds since the Unix epoch; null when there is nothing to look after. */
  wakeTime(now: number): number | null {
    const unsettled = this.#storage.sql
      .exec<{ at: number | null }>("SELECT min(watch_at) AS at FROM jobs WHERE status IS NULL")
      .one().at;
    const empty = this.#storage.sql.exec("SELECT 1 FROM jobs LIMIT 1").toArray().length === 0;
    if (empty) return null;
    const sweepAt = this.#sweepAt ?? now + SWEEP_MS;
    return unsettled === null ? sweepAt : Math.min(unsettled, sweepAt);
  }

  get #sweepAt(): number | undefined {
    return this.#storage.kv.get<number>(SWEEP_KEY);
  }

  #ids(query: string, ...bindings: number[]): string[] {
    return this.#storage.sql
      .exec<{ id: string }>(query, ...bindings)
      .toArray()
      .map(({ id }) => id);
  }
}
