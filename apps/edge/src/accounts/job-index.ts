import type { ProjectStatus } from "@bluehour/contract";
import type { Viewer } from "../jobs/viewer.ts";
import type { Listed } from "./admission.ts";
import { parseSummary } from "./job-ledger.ts";

/** Rows looked at for one page, so that a filter which matches little does not hold up the account. */
const MAX_SCANNED = 2_000;

/** A place between two jobs: everything that is older than this one. */
export interface Place {
  readonly createdAt: number;
  readonly id: string;
}

export interface IndexQuery {
  readonly limit: number;
  readonly after: Place | null;
  /** Jobs that are not settled match whatever is asked for: only they know. */
  readonly status: ProjectStatus | null;
}

export interface IndexPage {
  readonly jobs: Listed[];
  /** Where the next page begins; null when this is the last. */
  readonly next: Place | null;
}

type Row = { id: string; created_at: number; status: string | null; record: string };

/**
 * One page of an account's jobs, newest first. A page begins at a job, not at a count, so jobs that arrive or go
 * meanwhile move nothing.
 */
export function readIndex(sql: SqlStorage, viewer: Viewer, { limit, after, status }: IndexQuery): IndexPage {
  const from = after ?? { createdAt: Number.MAX_SAFE_INTEGER, id: "" };
  const jobs: Listed[] = [];
  let scanned = 0;
  let last: Place | null = null;
  for (const row of rowsAfter(sql, viewer, from)) {
    if (jobs.length === limit || scanned === MAX_SCANNED) return { jobs, next: last };
    scanned += 1;
    last = { createdAt: row.created_at, id: row.id };
    if (row.status === null) jobs.push({ id: row.id, summary: null });
    else if (status === null || status === row.status) {
      jobs.push({ id: row.id, summary: parseSummary(row.record) });
    }
  }
  return { jobs, next: null };
}

/** Lazily: SQLite reads no further than the page needs. */
function rowsAfter(sql: SqlStorage, { confined, tokenId }: Viewer, { createdAt, id }: Place): Iterable<Row> {
  return sql.exec<Row>(
    `SELECT id, created_at, status, record FROM jobs
     WHERE deleted = 0 AND (created_at, id) < (?, ?) ${confined ? "AND created_by = ?" : ""}
     ORDER BY created_at DESC, id DESC`,
    createdAt,
    id,
    ...(confined ? [tokenId] : []),
  );
}
