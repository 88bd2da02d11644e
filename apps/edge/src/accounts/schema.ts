/** Where the number of the layout is kept. */
const VERSION_KEY = "schema";

/**
 * The layouts, each a step from the one before. What is written is what an account costs, so a create touches few
 * rows: its job with its entries in two to four indexes, and the account's one row with balance and bucket in it.
 */
const LAYOUTS = [
  `
  -- Left by builds before the first release.
  DROP TABLE IF EXISTS jobs;
  DROP TABLE IF EXISTS idempotency;

  CREATE TABLE account (
    only INTEGER PRIMARY KEY CHECK (only = 1),
    name TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    -- null: unmetered. What is left is not kept but follows: granted - charged + refunded.
    granted INTEGER,
    charged INTEGER NOT NULL DEFAULT 0,
    refunded INTEGER NOT NULL DEFAULT 0,
    -- when the rate limit's bucket is full again, in microseconds
    bucket_full_at INTEGER NOT NULL DEFAULT 0,
    CHECK (refunded BETWEEN 0 AND charged),
    CHECK (granted IS NULL OR granted - charged + refunded >= 0)
  );

  CREATE TABLE tokens (
    -- begins with the time, so that ids are in the order of issue
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    -- null: does not expire
    expires_at INTEGER,
    scopes TEXT NOT NULL,
    origin TEXT,
    -- null: no cap of its own
    max_credits INTEGER,
    charged INTEGER NOT NULL DEFAULT 0,
    refunded INTEGER NOT NULL DEFAULT 0
  ) WITHOUT ROWID;

  CREATE TABLE jobs (
    id TEXT PRIMARY KEY,
    created_at INTEGER NOT NULL,
    -- the browser token that created it
    created_by TEXT,
    credits_charged INTEGER NOT NULL,
    credits_refunded INTEGER NOT NULL DEFAULT 0,
    -- null until it is settled
    status TEXT,
    -- when to ask after a job that is not settled
    watch_at INTEGER NOT NULL,
    watches INTEGER NOT NULL DEFAULT 0,
    idempotency_key TEXT,
    fingerprint TEXT,
    born INTEGER NOT NULL DEFAULT 0,
    deleted INTEGER NOT NULL DEFAULT 0,
    -- when retention ends, once it is settled
    expires_at INTEGER,
    -- nobody but the account knows it any more
    lost INTEGER NOT NULL DEFAULT 0,
    -- the order until it is settled, then its summary
    record TEXT,
    CHECK (credits_refunded BETWEEN 0 AND credits_charged)
  ) WITHOUT ROWID;
  CREATE INDEX jobs_by_age ON jobs (created_at);
  CREATE INDEX jobs_of_token ON jobs (created_by, created_at) WHERE created_by IS NOT NULL;
  CREATE INDEX jobs_unsettled ON jobs (watch_at) WHERE status IS NULL;
  CREATE UNIQUE INDEX jobs_by_key ON jobs (idempotency_key) WHERE idempotency_key IS NOT NULL;
  CREATE INDEX jobs_deleted ON jobs (created_at) WHERE deleted = 1;
  `,
  `
  CREATE TABLE webhooks (
    id TEXT PRIMARY KEY,
    url TEXT NOT NULL,
    -- JSON
    events TEXT NOT NULL,
    created_at INTEGER NOT NULL
  ) WITHOUT ROWID;

  CREATE TABLE uploads (
    path TEXT PRIMARY KEY,
    expires_at INTEGER NOT NULL
  ) WITHOUT ROWID;
  CREATE INDEX uploads_by_expiry ON uploads (expires_at);
  `,
  `
  -- Additions of credits that were given a name, kept for good: a payment may be told of again after days.
  CREATE TABLE grants (
    idempotency_key TEXT PRIMARY KEY,
    credits INTEGER NOT NULL
  ) WITHOUT ROWID;
  `,
];

/** Brings an account's database to the layout of this code. */
export function migrate(storage: DurableObjectStorage): void {
  const version = storage.kv.get<number>(VERSION_KEY) ?? 0;
  if (version === LAYOUTS.length) return;
  if (version > LAYOUTS.length) throw new Error(`Unknown layout ${version}: written by newer code`);
  storage.transactionSync(() => {
    for (const step of LAYOUTS.slice(version)) storage.sql.exec(step);
    storage.kv.put(VERSION_KEY, LAYOUTS.length);
  });
}
