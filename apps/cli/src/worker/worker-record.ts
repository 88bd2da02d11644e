import { readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import * as z from "zod";

const workerRecordSchema = z.object({
  /** Who runs the Worker: only a `dev` lends it to others, since a `generate` ends when its own job has. */
  startedBy: z.enum(["generate", "dev"]),
  /** Of the process that has the state's lock. */
  pid: z.int(),
  /** Of workerd, its child, and the command line that tells it from a later process of the same id. */
  workerd: z.object({ pid: z.int(), command: z.string() }).optional(),
  /** Where the Worker answers, and the operator's token, once it does. */
  url: z.url().optional(),
  token: z.string().optional(),
});

/** What the owner of a state directory tells others of its Worker. */
export type WorkerRecord = z.output<typeof workerRecordSchema>;

const pathIn = (directory: string) => join(directory, "worker.json");

/** The record; null if there is none. True only as long as its process lives: it survives a crash. */
export async function readWorkerRecord(directory: string): Promise<WorkerRecord | null> {
  const text = await readFile(pathIn(directory), "utf8").catch(() => null);
  if (text === null) return null;
  try {
    return workerRecordSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

/** Writes the record, which has a token in it, for its owner's eyes. Only the lock's holder may. */
export async function writeWorkerRecord(directory: string, record: WorkerRecord): Promise<void> {
  const temporary = `${pathIn(directory)}.${process.pid}`;
  await writeFile(temporary, JSON.stringify(record), { mode: 0o600 });
  await rename(temporary, pathIn(directory));
}

/** Only the lock's holder may. */
export async function removeWorkerRecord(directory: string): Promise<void> {
  await rm(pathIn(directory), { force: true });
}
