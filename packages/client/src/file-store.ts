import type { Download } from "@bluehour/contract";
import type { Uploads } from "./upload.ts";

/** One image, where this platform puts it: on disk, or in memory. */
export type SavedOutput =
  | { readonly path: string; readonly file?: never }
  | { readonly file: File; readonly path?: never };

/** An image that is being received. */
export interface PartialFile {
  /** @throws BluehourError if it cannot be written */
  write(chunk: Uint8Array<ArrayBuffer>): Promise<void> | void;
  /** Of what was written, in hexadecimal; undefined where the platform cannot hash. */
  sha256(): Promise<string | undefined> | string;
  /** Gives the image its name, without taking another's place. @throws BluehourError if it cannot be written */
  keep(): Promise<SavedOutput> | SavedOutput;
  /** Frees what it takes, unless it was kept. Must not reject, and may be called twice. */
  discard(): Promise<void> | void;
}

/** The files of a platform: where images go, and what is uploaded. One for Node, one for everything else. */
export interface FileStore {
  /** Those images that are there already, complete, from an earlier run; each in its place. */
  find?(downloads: readonly Download[], directory: string): Promise<(SavedOutput | undefined)[]>;
  /** @throws BluehourError if it cannot be written */
  open(download: Download, directory: string): Promise<PartialFile> | PartialFile;
  /** Loads what a page that uploads nothing does without. Rejects if it cannot be had just now. */
  loadUploads(): Promise<Uploads>;
}
