import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Project } from "@bluehour/client";

/** What this app knows of a job. */
export interface ImageRecord {
  readonly id: string;
  readonly prompt: string;
  /** The job as it ended, once a webhook has told of it. */
  readonly project?: Project;
}

/** A file each: stands for your database. */
const DIRECTORY = ".data";

/** Remembers a job that was just created. Keeps what is there: its webhook can be quicker. */
export async function openRecord({ id, prompt }: ImageRecord): Promise<void> {
  await mkdir(DIRECTORY, { recursive: true });
  const record: ImageRecord = { id, prompt };
  await writeFile(pathOf(id), JSON.stringify(record), { flag: "wx" }).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code !== "EEXIST") throw error;
    },
  );
}

/** Writes down how a job has ended. A second time changes nothing: webhooks can come twice. */
export async function closeRecord(project: Project): Promise<void> {
  await mkdir(DIRECTORY, { recursive: true });
  const record: ImageRecord = { id: project.id, prompt: project.name ?? "", project };
  await writeFile(pathOf(project.id), JSON.stringify(record));
}

/** @returns null for a job that is not ours */
export async function readRecord(id: string): Promise<ImageRecord | null> {
  // It comes from an address that anybody may type.
  if (!/^\w+$/.test(id)) return null;
  const text = await readFile(pathOf(id), "utf8").catch(() => null);
  return text && JSON.parse(text);
}

function pathOf(id: string): string {
  return join(DIRECTORY, `${id}.json`);
}
