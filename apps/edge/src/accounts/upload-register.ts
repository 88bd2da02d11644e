/** How long an upload is kept after it was asked for, or last used by a job, in milliseconds. */
const UPLOAD_LIFETIME_MS = 7 * 24 * 3_600_000;

/** The files of an account that are to be deleted some day. */
export class UploadRegister {
  readonly #sql: SqlStorage;

  constructor({ sql }: DurableObjectStorage) {
    this.#sql = sql;
  }

  /** Takes files down, or that they are used: they are kept for seven days from now. */
  keep(paths: readonly string[], now: number): void {
    for (const path of paths) {
      this.#sql.exec(
        "INSERT OR REPLACE INTO uploads (path, expires_at) VALUES (?, ?)",
        path,
        now + UPLOAD_LIFETIME_MS,
      );
    }
  }

  /** Files whose time is over. */
  expired(now: number, limit: number): string[] {
    return this.#sql
      .exec<{ path: string }>("SELECT path FROM uploads WHERE expires_at <= ? LIMIT ?", now, limit)
      .toArray()
      .map(({ path }) => path);
  }

  /** The files are gone. */
  forget(paths: readonly string[]): void {
    for (const path of paths) this.#sql.exec("DELETE FROM uploads WHERE path = ?", path);
  }

  /** When the next file is to be deleted, in milliseconds since the Unix epoch; null if there is none. */
  wakeTime(): number | null {
    return this.#sql.exec<{ at: number | null }>("SELECT min(expires_at) AS at FROM uploads").one().at;
  }
}
