/** An account's one row. */
export interface AccountFacts {
  readonly name: string;
  readonly createdAt: number;
  /** All credits ever given; null if unmetered. */
  readonly granted: number | null;
  readonly charged: number;
  readonly refunded: number;
  /** When the rate limit's bucket is full again, as `TokenBucket` left it. */
  readonly bucketFullAt: number;
}

/** Credits left; null if unmetered. It is never stored, so it cannot come to differ from what it follows from. */
export function balanceOf({ granted, charged, refunded }: AccountFacts): number | null {
  return granted === null ? null : granted - charged + refunded;
}

/** What an account has, and what it has spent: one row in SQLite. */
export class AccountRecord {
  readonly #sql: SqlStorage;

  constructor({ sql }: DurableObjectStorage) {
    this.#sql = sql;
  }

  /** @returns false if the account is open already */
  open(name: string, credits: number | null, now: number): boolean {
    const { rowsWritten } = this.#sql.exec(
      "INSERT OR IGNORE INTO account (only, name, created_at, granted) VALUES (1, ?, ?, ?)",
      name,
      now,
      credits,
    );
    return rowsWritten > 0;
  }

  /** @returns null for an account that was never opened */
  read(): AccountFacts | null {
    type Row = {
      name: string;
      created_at: number;
      granted: number | null;
      charged: number;
      refunded: number;
      bucket_full_at: number;
    };
    const row = this.#sql.exec<Row>("SELECT * FROM account").toArray()[0];
    if (!row) return null;
    const { name, granted, charged, refunded } = row;
    return { name, createdAt: row.created_at, granted, charged, refunded, bucketFullAt: row.bucket_full_at };
  }

  /** One write for both, since every create changes both. */
  charge(credits: number, bucketFullAt: number): void {
    this.#sql.exec("UPDATE account SET charged = charged + ?, bucket_full_at = ?", credits, bucketFullAt);
  }

  refund(credits: number): void {
    this.#sql.exec("UPDATE account SET refunded = refunded + ?", credits);
  }

  /** The credits that a key has added; null if it was never used. */
  grantedBy(key: string): number | null {
    const rows = this.#sql.exec<{ credits: number }>(
      "SELECT credits FROM grants WHERE idempotency_key = ?",
      key,
    );
    return rows.toArray()[0]?.credits ?? null;
  }

  /** For metered accounts. @param key - not used before */
  grant(credits: number, key?: string): void {
    if (key !== undefined)
      this.#sql.exec("INSERT INTO grants (idempotency_key, credits) VALUES (?, ?)", key, credits);
    this.#sql.exec("UPDATE account SET granted = granted + ?", credits);
  }
}
