import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

/** From SQLite's result codes: somebody else has the lock. */
const SQLITE_BUSY = 5;

/** Ownership of a state directory. */
export interface StateLock {
  release(): void;
}

/**
 * Takes a state directory for this process, or answers null while another process has it. SQLite's file lock is
 * what Node offers that the system itself takes back, however the process ends: it is never stale.
 */
export function tryLockState(directory: string): StateLock | null {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const database = new DatabaseSync(join(directory, "lock.sqlite"));
  try {
    database.exec("BEGIN EXCLUSIVE");
  } catch (error) {
    database.close();
    if (error instanceof Error && "errcode" in error && error.errcode === SQLITE_BUSY) return null;
    throw error;
  }
  return { release: () => database.close() };
}
