import { readFileSync, renameSync, writeFileSync } from "node:fs";

/** How far a prompt is. */
interface Entry {
  /** Written down before the job is created: for a day, creating it again with this key answers the same job. */
  readonly idempotencyKey: string;
  /** Once there is a job. */
  readonly id?: string | undefined;
  /** Once its images are here. */
  readonly paths?: readonly string[];
}

/** What is known of each prompt, in a file that is complete at every moment. */
export class Journal {
  readonly #path: string;
  readonly #entries: Map<string, Entry>;

  /** @param path - of the file, which need not exist yet */
  constructor(path: string) {
    this.#path = path;
    this.#entries = new Map(Object.entries(read(path)));
  }

  get(prompt: string): Entry | undefined {
    return this.#entries.get(prompt);
  }

  /** Returns when it is written. */
  set(prompt: string, entry: Entry): void {
    this.#entries.set(prompt, entry);
    this.#write();
  }

  /** Lets the next run begin anew with this prompt. */
  forget(prompt: string): void {
    this.#entries.delete(prompt);
    this.#write();
  }

  #write(): void {
    // Aside first: whoever is killed while writing leaves the old file behind.
    const aside = `${this.#path}.new`;
    writeFileSync(aside, JSON.stringify(Object.fromEntries(this.#entries), null, 2));
    renameSync(aside, this.#path);
  }
}

function read(path: string): Record<string, Entry> {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return {};
    throw error;
  }
}
