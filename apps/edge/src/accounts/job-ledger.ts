import type { JobOrder, Settlement } from "@bluehour/core";
import type { Admission, Admitted, Known } from "./admission.ts";

/** How long an idempotency key is kept, in milliseconds. */
const KEY_LIFETIME_MS = 24 * 3_600_000;

/** How long after its admission a birth is repeated, in milliseconds; it is also tried right away. */
const BIRTH_RETRY_MS = 2_000;
const MAX_BIRTH_RETRY_MS = 60_000;

/** How often expired keys are swept out, in milliseconds. */
const SWEEP_MS = 3_600_000;

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS jobs (
    id TEXT PRIMARY KEY,
    created_at INTEGER NOT NULL,
    credits_charged INTEGER NOT NULL,
    credits_refunded INTEGER NOT NULL DEFAULT 0,
    -- null while the job runs
    status TEXT,
    deleted INTEGER NOT NULL DEFAULT 0,
    -- the outbox: set until the job object has taken its order over
    job_order TEXT,
    birth_due_at INTEGER,
    birth_attempts INTEGER NOT NULL DEFAULT 0
  ) WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS births ON jobs (birth_due_at) WHERE birth_due_at IS NOT NULL;
  CREATE TABLE IF NOT EXISTS idempotency (
    key TEXT PRIMARY KEY,
    fingerprint TEXT NOT NULL,
    job_id TEXT NOT NULL,
    credits_charged INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
  ) WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS expiries ON idempotency (expires_at);
`;

/** An account's record of its jobs in SQLite: what was admitted, charged, born and settled. */
export class JobLedger {
  readonly #storage: DurableObjectStorage;

  constructor(storage: DurableObjectStorage) {
    this.#storage = storage;
    storage.sql.exec(SCHEMA);
  }

  /** Admits a job in one transaction: its idempotency record, its row and its birth, or nothing of it. */
  admit(admission: Admission, newId: () => string, now: number): Admitted {
    return this.#storage.transactionSync(() => {
      const { idempotency, order, creditsCharged } = admission;
      if (idempotency) {
        const earlier = this.#earlier(idempotency.key, now);
        if (earlier) {
          return earlier.fingerprint === idempotency.fingerprint
            ? { outcome: "replayed", id: earlier.job_id, creditsCharged: earlier.credits_charged }
            : { outcome: "idempotency_mismatch" };
        }
      }
      const id = newId();
      const whole: JobOrder = { ...order, id };
      this.#storage.sql.exec(
        "INSERT INTO jobs (id, created_at, credits_charged, job_order, birth_due_at) VALUES (?, ?, ?, ?, ?)",
        id,
        order.createdAt,
        creditsCharged,
        JSON.stringify(whole),
        now + BIRTH_RETRY_MS,
      );
      if (idempotency) {
        this.#storage.sql.exec(
          "INSERT OR REPLACE INTO idempotency VALUES (?, ?, ?, ?, ?)",
          idempotency.key,
          idempotency.fingerprint,
          id,
          creditsCharged,
          now + KEY_LIFETIME_MS,
        );
      }
      return { outcome: "created", id, creditsCharged };
    });
  }

  #earlier(key: string, now: number) {
    type Row = { fingerprint: string; job_id: string; credits_charged: number };
    return this.#storage.sql
      .exec<Row>("SELECT * FROM idempotency WHERE key = ? AND expires_at > ?", key, now)
      .toArray()[0];
  }

  find(id: string): Known {
    type Row = { job_order: string | null; deleted: number };
    const row = this.#storage.sql
      .exec<Row>("SELECT job_order, deleted FROM jobs WHERE id = ?", id)
      .toArray()[0];
    if (!row || row.deleted) return { state: "absent" };
    return row.job_order === null ? { state: "born" } : { state: "unborn", order: parseOrder(row.job_order) };
  }

  /** Orders whose birth was not acknowledged in time, oldest first. */
  dueBirths(now: number, limit: number): JobOrder[] {
    return this.#storage.sql
      .exec<{ job_order: string }>(
        "SELECT job_order FROM jobs WHERE birth_due_at <= ? ORDER BY birth_due_at LIMIT ?",
        now,
        limit,
      )
      .toArray()
      .map((row) => parseOrder(row.job_order));
  }

  /** The job object has taken its order over. */
  birthDone(id: string): void {
    this.#storage.sql.exec("UPDATE jobs SET job_order = NULL, birth_due_at = NULL WHERE id = ?", id);
  }

  birthFailed(id: string, now: number): void {
    this.#storage.sql.exec(
      `UPDATE jobs SET birth_attempts = birth_attempts + 1, birth_due_at = ? + min(?, ? << min(birth_attempts, 10))
       WHERE id = ? AND job_order IS NOT NULL`,
      now,
      MAX_BIRTH_RETRY_MS,
      BIRTH_RETRY_MS,
      id,
    );
  }

  /**
   * Takes down how a job ended. Says what is, not what changed, so that it may be repeated. It also closes the outbox:
   * a job that has ended was born, and one that was erased must not be born, submitted and paid again.
   */
  settle(settlement: Settlement): void {
    this.#storage.sql.exec(
      `UPDATE jobs SET status = ?, credits_refunded = ?, deleted = max(deleted, ?), job_order = NULL, birth_due_at = NULL
       WHERE id = ?`,
      settlement.status,
      settlement.creditsRefunded,
      settlement.deleted ? 1 : 0,
      settlement.jobId,
    );
  }

  sweep(now: number): void {
    this.#storage.sql.exec("DELETE FROM idempotency WHERE expires_at <= ?", now);
  }

  /** When the ledger must be looked at next; null when nothing is open. */
  wakeTime(now: number): number | null {
    const birth = this.#first("SELECT min(birth_due_at) AS at FROM jobs WHERE birth_due_at IS NOT NULL");
    const expiry = this.#first("SELECT min(expires_at) AS at FROM idempotency");
    const times = [birth, expiry === null ? null : Math.max(expiry, now + SWEEP_MS)].filter(
      (at) => at !== null,
    );
    return times.length > 0 ? Math.min(...times) : null;
  }

  #first(query: string): number | null {
    return this.#storage.sql.exec<{ at: number | null }>(query).one().at;
  }
}

/** We wrote it ourselves, from a `JobOrder`. */
function parseOrder(text: string): JobOrder {
  return JSON.parse(text) as JobOrder;
}
