import { type DeliveryAttempt, type DeliveryProgress, newDelivery } from "@bluehour/core";

/** Deliveries that are remembered once they are over. */
const MAX_REMEMBERED = 1_000;

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS deliveries (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    -- events of one job are told in their order; null: an event of no job
    job_id TEXT,
    type TEXT NOT NULL,
    body TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    status TEXT NOT NULL,
    tries INTEGER NOT NULL,
    first_tried_at INTEGER,
    next_try_at INTEGER,
    attempts TEXT NOT NULL
  );
  CREATE INDEX IF NOT EXISTS pending ON deliveries (next_try_at) WHERE status = 'pending';
  CREATE INDEX IF NOT EXISTS of_job ON deliveries (job_id, seq) WHERE status = 'pending';
`;

/** An event that waits for nothing but its time: those before it of the same job are out. */
const FIRST_OF_JOB = `status = 'pending' AND NOT EXISTS (
  SELECT 1 FROM deliveries AS earlier
  WHERE earlier.job_id = deliveries.job_id AND earlier.seq < deliveries.seq AND earlier.status = 'pending'
)`;

/** An event for a receiver, and how far it has come. */
export interface Delivery extends DeliveryProgress {
  /** The `webhook-id`. */
  readonly id: string;
  readonly jobId: string | null;
  readonly type: string;
  readonly body: string;
  readonly createdAt: number;
}

/** The events for one receiver in SQLite: what is still to be delivered, and what became of the rest. */
export class DeliveryQueue {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
    sql.exec(SCHEMA);
  }

  /** Takes an event in, due at once. One that is known already stays as it is. */
  add(event: Pick<Delivery, "id" | "jobId" | "type" | "body">, now: number): void {
    const { status, tries, nextTryAt } = newDelivery(now);
    this.#sql.exec(
      `INSERT OR IGNORE INTO deliveries (id, job_id, type, body, created_at, status, tries, next_try_at, attempts)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, '[]')`,
      event.id,
      event.jobId,
      event.type,
      event.body,
      now,
      status,
      tries,
      nextTryAt,
    );
    this.#sql.exec(
      "DELETE FROM deliveries WHERE status <> 'pending' AND seq <= (SELECT max(seq) FROM deliveries) - ?",
      MAX_REMEMBERED,
    );
  }

  /** Events whose time has come, oldest first; none while an earlier one of the same job is still to be delivered. */
  due(now: number, limit: number): Delivery[] {
    return this.#select(`WHERE ${FIRST_OF_JOB} AND next_try_at <= ? ORDER BY seq LIMIT ?`, now, limit);
  }

  update(id: string, { status, tries, firstTriedAt, nextTryAt, attempts }: DeliveryProgress): void {
    this.#sql.exec(
      `UPDATE deliveries SET status = ?, tries = ?, first_tried_at = ?, next_try_at = ?, attempts = ? WHERE id = ?`,
      status,
      tries,
      firstTriedAt,
      nextTryAt,
      JSON.stringify(attempts),
      id,
    );
  }

  /** The receiver is back: what waits for its next try need not wait any longer. */
  hurry(now: number): void {
    this.#sql.exec(
      "UPDATE deliveries SET next_try_at = ? WHERE status = 'pending' AND next_try_at > ?",
      now,
      now,
    );
  }

  /** The receiver wants no more. */
  giveUp(): void {
    this.#sql.exec("UPDATE deliveries SET status = 'failed', next_try_at = NULL WHERE status = 'pending'");
  }

  /** Sends an event again from its beginning, under its old id. @returns false for one that is not known (any more) */
  renew(id: string, now: number): boolean {
    const known = this.#select("WHERE id = ?", id)[0];
    if (!known) return false;
    this.update(id, { ...newDelivery(now), attempts: known.attempts });
    return true;
  }

  /** Newest first. @param before - id of the last one of the page before */
  list(limit: number, before: string | null): Delivery[] {
    return before === null
      ? this.#select("ORDER BY seq DESC LIMIT ?", limit)
      : this.#select(
          "WHERE seq < (SELECT seq FROM deliveries WHERE id = ?) ORDER BY seq DESC LIMIT ?",
          before,
          limit,
        );
  }

  /** When the next try is due, in milliseconds since the Unix epoch; null when nothing is to be delivered. */
  wakeTime(): number | null {
    return this.#sql
      .exec<{ at: number | null }>(`SELECT min(next_try_at) AS at FROM deliveries WHERE ${FIRST_OF_JOB}`)
      .one().at;
  }

  #select(clause: string, ...bindings: (string | number)[]): Delivery[] {
    return this.#sql
      .exec<Row>(`SELECT * FROM deliveries ${clause}`, ...bindings)
      .toArray()
      .map(toDelivery);
  }
}

type Row = {
  id: string;
  job_id: string | null;
  type: string;
  body: string;
  created_at: number;
  status: DeliveryProgress["status"];
  tries: number;
  first_tried_at: number | null;
  next_try_at: number | null;
  attempts: string;
};

function toDelivery(row: Row): Delivery {
  return {
    id: row.id,
    jobId: row.job_id,
    type: row.type,
    body: row.body,
    createdAt: row.created_at,
    status: row.status,
    tries: row.tries,
    firstTriedAt: row.first_tried_at,
    nextTryAt: row.next_try_at,
    // We wrote it ourselves.
    attempts: JSON.parse(row.attempts) as DeliveryAttempt[],
  };
}
