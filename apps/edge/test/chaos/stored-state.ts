import { readdirSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

/** What a stopped Worker left on disk, read from below, past all of its own code. */
export interface StoredState {
  /** Keys of all objects in the bucket. */
  readonly keys: string[];
  readonly ledger: LedgerRow[];
  /** Ids of the jobs that still have a state. */
  readonly jobs: string[];
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
    jobs: databases(join(persistTo, "v3/do/bluehour-JobObject")).flatMap(({ name, database }) =>
      database.prepare("SELECT 1 FROM sqlite_master WHERE name = '_cf_KV'").get() &&
      database.prepare("SELECT 1 FROM _cf_KV WHERE key = 'job'").get()
        ? [name]
        : [],
    ),
  };
}

/** The databases of a directory's objects, each named by its object's id. */
function databases(directory: string) {
  return readdirSync(directory).flatMap((file) => {
    const name = /^([0-9a-f]{64})\.sqlite$/.exec(file)?.[1];
    return name ? [{ name, database: new DatabaseSync(join(directory, file)) }] : [];
  });
}

function query<Row>(directory: string, sql: string): Row[] {
  // Columns are named by the query.
  return databases(directory).flatMap(({ database }) => database.prepare(sql).all() as Row[]);
}
