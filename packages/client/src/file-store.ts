import type { Download } from "@bluehour/contract";

/** One image, where this platform puts it: on disk, or in memory. */
export type SavedOutput = { readonly path: string } | { readonly file: File };

/** An image that is being received. */
export interface PartialFile {
  /** @throws BluehourError if it cannot be written */
  write(chunk: Uint8Array<ArrayBuffer>): Promise<void> | void;
  /** Of what was written, in hexadecimal; undefined where the platform cannot hash. */
  sha256(): Promise<string | undefined> | string;
  /** Gives the image its name, without taking another's place. @throws BluehourError if it cannot be written */
  keep(): Promise<SavedOutput> | SavedOutput;
  /** Frees what it takes, unless it was kept. Must not reject. */
  discard(): Promise<void> | void;
}

/** The files of a platform: where images go, and what is uploaded. One for Node, one for everything else. */
export interface FileStore {
  /** An image that is there already, complete, from an earlier run. */
  find?(download: Download, directory: string): Promise<SavedOutput | undefined>;
  /** @throws BluehourError if it cannot be written */
  open(download: Download, directory: string): Promise<PartialFile> | PartialFile;
  /** A file by its path, where there are such. @throws BluehourError if it cannot be read, or is too large */
  read?(path: string): Promise<Blob>;
  /**
   * Sends a file by PUT, telling how many of its bytes are out.
   *
   * @param fetch - the caller's own, if there is one: then it is the only way out
   */
  put(
    url: string,
    file: Blob,
    signal: AbortSignal,
    onSent: (bytes: number) => void,
    fetch: typeof globalThis.fetch | undefined,
  ): Promise<Response>;
}
