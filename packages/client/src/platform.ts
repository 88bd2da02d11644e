import type { FileStore } from "./file-store.ts";

/** What the client needs of the machine it runs on. */
export interface Platform {
  readonly fetch: typeof fetch;
  /** The caller's own `fetch`, if there is one: then it is the only way out. */
  readonly customFetch: typeof fetch | undefined;
  readonly files: FileStore;
}
