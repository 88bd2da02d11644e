import { readWorkerRecord } from "./worker-record.ts";

/** A Worker of somebody else's, by its address and the operator's token. */
export interface BorrowedWorker {
  readonly url: string;
  readonly token: string;
}

/**
 * The Worker that a `dev` runs on a state directory whose lock is taken; null if there is none (yet).
 *
 * A record that a crash left behind is told by its process, which no longer lives; the holder of the lock replaces
 * the record first of all.
 */
export async function borrowWorker(directory: string): Promise<BorrowedWorker | null> {
  const record = await readWorkerRecord(directory);
  if (record?.startedBy !== "dev" || !record.url || !record.token || !isAlive(record.pid)) return null;
  return { url: record.url, token: record.token };
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
