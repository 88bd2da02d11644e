import { count } from "./tally.ts";

/**
 * Counts what a storage is asked to write, as Cloudflare bills it: the rows that SQLite says it has written, a row for
 * each key and each alarm that is set, and as many as there are for `deleteAll`.
 *
 * @see https://developers.cloudflare.com/durable-objects/platform/pricing/
 */
export function meterStorage(storage: DurableObjectStorage): void {
  const { sql, kv } = storage;
  const [exec, put, remove] = [sql.exec.bind(sql), kv.put.bind(kv), kv.delete.bind(kv)];
  const [setAlarm, deleteAll] = [storage.setAlarm.bind(storage), storage.deleteAll.bind(storage)];
  // A cursor counts on while it is read; what is written, is written before the first row.
  sql.exec = <T extends Record<string, SqlStorageValue>>(query: string, ...values: unknown[]) => {
    const cursor = exec<T>(query, ...values);
    count("rowsWritten", cursor.rowsWritten);
    return cursor;
  };
  kv.put = (key, value) => {
    count("rowsWritten");
    put(key, value);
  };
  kv.delete = (key) => {
    const removed = remove(key);
    if (removed) count("rowsWritten");
    return removed;
  };
  storage.setAlarm = (at, options) => {
    count("alarmsSet");
    count("rowsWritten");
    return setAlarm(at, options);
  };
  storage.deleteAll = (options) => {
    count("storedBytes", sql.databaseSize);
    count("rowsWritten", [...kv.list()].length);
    return deleteAll(options);
  };
}
