import type { JobOrder, JobSummary } from "@bluehour/core";
import { maySee, type Viewer } from "../jobs/viewer.ts";
import type { Admission, Known } from "./admission.ts";

/** How long an idempotency key is kept, in milliseconds. */
export const KEY_LIFETIME_MS = 24 * 3_600_000;

/** How long after its deadline a job that is not settled is asked after, in milliseconds. */
const WATCH_GRACE_MS = 60_000;

/** A create that was answered before. */
interface Earlier {
  readonly jobId: string;
  readonly fingerprint: string;
  readonly creditsCharged: number;
}

/** What a settlement is reckoned from. */
export interface JobAccount {
  readonly creditsCharged: number;
  readonly settled: boolean;
  readonly createdBy: string | null;
  readonly createdAt: number;
  readonly hasKey: boolean;
}

/** An account's record of its jobs in SQLite: what was admitted, under which key, born and settled. */
export class JobLedger {
  readonly #sql: SqlStorage;

  constructor({ sql }: DurableObjectStorage) {
    this.#sql = sql;
  }

  /** The create that used a key before. A key older than a day is free again. */
  earlier(key: string, now: number): Earlier | null {
    type Row = { id: string; fingerprint: string; credits_charged: number; created_at: number };
    const row = this.#sql
      .exec<Row>(
        "SELECT id, fingerprint, credits_charged, created_at FROM jobs WHERE idempotency_key = ?",
        key,
      )
      .toArray()[0];
    if (!row) return null;
    if (row.created_at + KEY_LIFETIME_MS > now) {
      return { jobId: row.id, fingerprint: row.fingerprint, creditsCharged: row.credits_charged };
    }
    this.#sql.exec("UPDATE jobs SET idempotency_key = NULL WHERE id = ?", row.id);
    return null;
  }

  /** Takes a job in, its birth still to come. */
  add(order: JobOrder, { idempotency, creditsCharged }: Admission): void {
    this.#sql.exec(
      `INSERT INTO jobs
         (id, created_at, created_by, credits_charged, watch_at, idempotency_key, fingerprint, record)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
      order.id,
      order.createdAt,
      order.createdBy,
      creditsCharged,
      order.deadlineAt + WATCH_GRACE_MS,
      idempotency?.key ?? null,
      idempotency?.fingerprint ?? null,
      JSON.stringify(order),
    );
  }

  find(id: string, viewer: Viewer): Known {
    type Row = {
      record: string;
      created_by: string | null;
      born: number;
      status: string | null;
      lost: number;
    };
    const row = this.#sql
      .exec<Row>("SELECT record, created_by, born, status, lost FROM jobs WHERE id = ? AND deleted = 0", id)
      .toArray()[0];
    const owner = { accountId: viewer.accountId, createdBy: row?.created_by ?? null };
    if (!row || !maySee(viewer, owner)) return { state: "absent" };
    if (row.lost) return { state: "lost", summary: parseSummary(row.record) };
    if (row.born || row.status !== null) return { state: "born" };
    return { state: "unborn", order: parseOrder(row.record) };
  }

  /** Jobs that may not be born yet; only after a crash are there more than a few. */
  unborn(): string[] {
    return this.#sql
      .exec<{ id: string }>("SELECT id FROM jobs WHERE status IS NULL AND born = 0")
      .toArray()
      .map(({ id }) => id);
  }

  /** The order of a job that is not settled. */
  order(id: string): JobOrder | null {
    const row = this.#sql
      .exec<{ record: string }>("SELECT record FROM jobs WHERE id = ? AND status IS NULL", id)
      .toArray()[0];
    return row ? parseOrder(row.record) : null;
  }

  isBorn(id: string): boolean {
    return this.#sql.exec("SELECT 1 FROM jobs WHERE id = ? AND born = 1", id).toArray().length > 0;
  }

  /** Their objects have taken the orders over. */
  markBorn(ids: readonly string[]): void {
    if (ids.length === 0) return;
    this.#sql.exec(
      `UPDATE jobs SET born = 1
       WHERE id IN (SELECT value FROM json_each(?)) AND status IS NULL AND born = 0`,
      JSON.stringify(ids),
    );
  }

  /** @returns null for a job that is not in the account, or was deleted */
  accountOf(id: string): JobAccount | null {
    type Row = {
      credits_charged: number;
      status: string | null;
      created_by: string | null;
      created_at: number;
      idempotency_key: string | null;
    };
    const row = this.#sql
      .exec<Row>(
        `SELECT credits_charged, status, created_by, created_at, idempotency_key
         FROM jobs WHERE id = ? AND deleted = 0`,
        id,
      )
      .toArray()[0];
    return row
      ? {
          creditsCharged: row.credits_charged,
          settled: row.status !== null,
          createdBy: row.created_by,
          createdAt: row.created_at,
          hasKey: row.idempotency_key !== null,
        }
      : null;
  }

  /** Writes down how a job ended. It closes the outbox too: a job that has ended must not be born again. */
  settle(summary: JobSummary, creditsRefunded: number, lost: boolean): void {
    this.#sql.exec(
      "UPDATE jobs SET status = ?, credits_refunded = ?, expires_at = ?, lost = ?, record = ? WHERE id = ?",
      summary.status,
      creditsRefunded,
      summary.expiresAt,
      lost ? 1 : 0,
      JSON.stringify(summary),
      summary.id,
    );
  }

  /** Removes a job. As long as its key is kept, a mark stays behind that answers replays and nothing else. */
  remove(id: string, { hasKey, createdAt }: JobAccount, now: number): void {
    if (hasKey && createdAt + KEY_LIFETIME_MS > now) {
      this.#sql.exec(
        "UPDATE jobs SET deleted = 1, status = coalesce(status, 'canceled'), record = NULL WHERE id = ?",
        id,
      );
    } else {
      this.#sql.exec("DELETE FROM jobs WHERE id = ?", id);
    }
  }
}

/** We wrote it ourselves, from a `JobOrder`. */
function parseOrder(text: string): JobOrder {
  return JSON.parse(text) as JobOrder;
}

/** We wrote it ourselves, from a `JobSummary`. */
export function parseSummary(text: string): JobSummary {
  return JSON.parse(text) as JobSummary;
}
