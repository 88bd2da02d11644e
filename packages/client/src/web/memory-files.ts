import type { FileStore } from "../file-store.ts";
import { hex } from "../hex.ts";
import { lastSegment } from "../last-segment.ts";

/** Keeps images in memory, as `File`s. */
export const memoryFiles: FileStore = {
  open(download) {
    const chunks: Uint8Array<ArrayBuffer>[] = [];
    const file = () => new File(chunks, lastSegment(download.url), { type: download.content_type });
    return {
      write: (chunk) => void chunks.push(chunk),
      // Browsers offer hashing on https and localhost only.
      sha256: async () =>
        crypto.subtle && hex(await crypto.subtle.digest("SHA-256", await file().arrayBuffer())),
      keep: () => ({ file: file() }),
      discard() {},
    };
  },

  loadUploads: () => import("./page-upload.ts"),
};
