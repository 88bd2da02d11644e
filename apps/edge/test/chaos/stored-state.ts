import { readdirSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

/** What a stopped Worker left on disk, read from below, past all of its own code. */
export interface StoredState {
  /** Keys of all objects in the bucket. */
  readonly keys: string[];
  readonly ledger: LedgerRow[];
}

export interface LedgerRow {
  readonly id: string;
  readonly status: string | null;
  readonly credits_charged: number;
  readonly credits_refunded: number;
}

/** @param persistTo - the directory that the Worker was started with */
export function readStoredState(persistTo: string): StoredState {
  return {
    keys: query<{ key: string }>(
      join(persistTo, "v3/r2/miniflare-R2BucketObject"),
      "SELECT key FROM _mf_objects",
    ).map(({ key }) => key),
    ledger: query<LedgerRow>(
      join(persistTo, "v3/do/bluehour-AccountObject"),
      "SELECT id, status, credits_charged, credits_refunded FROM jobs",
    ),
  };
}

function query<Row>(directory: string, sql: string): Row[] {
  return readdirSync(directory)
    .filter((file) => /^[0-9a-f]{64}\.sqlite$/.test(file))
    .flatMap((file) => {
      const database = new DatabaseSync(join(directory, file));
      // Columns are named by the query.
      const rows = database.prepare(sql).all() as Row[];
      database.close();
      return rows;
    });
}
