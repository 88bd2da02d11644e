import type { FileStore } from "../file-store.ts";
import { hex } from "../hex.ts";
import { lastSegment } from "../last-segment.ts";

/** Keeps images in memory, as `File`s; takes what is uploaded from there. */
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

  // Of uploads, only this old way tells a page how far they are. Workers do not have it: there, the end is all.
  put: (url, body, signal, onSent, fetch) =>
    fetch || !globalThis.XMLHttpRequest
      ? (fetch ?? globalThis.fetch)(url, { method: "PUT", body, signal })
      : new Promise((resolve, reject) => {
          const request = new XMLHttpRequest();
          request.open("PUT", url);
          request.upload.onprogress = ({ loaded }) => onSent(loaded);
          request.onload = () => resolve(new Response(request.response || null, request));
          request.onerror = () => reject(new TypeError("The upload was cut"));
          request.onabort = () => reject(signal.reason);
          signal.addEventListener("abort", () => request.abort(), { once: true });
          request.send(body);
        }),
};
