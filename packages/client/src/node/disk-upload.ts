import { readFile, stat } from "node:fs/promises";
import { BluehourError } from "../errors.ts";
import { type Uploads, uploadThrough } from "../upload.ts";
import { blobOf, refusalOf } from "../upload-source.ts";
import { reasonOf } from "./reason-of.ts";

/** How much of an upload is handed over at a time, in bytes. */
const PIECE_BYTES = 64 * 1024;

/** Uploads what is in memory, and files of this machine by their paths. */
export const upload: Uploads["upload"] = uploadThrough({
  async contentOf(source, signal) {
    if (typeof source !== "string") return blobOf(source, signal);
    try {
      return refusalOf((await stat(source)).size) ?? new Blob([await readFile(source)]);
    } catch (error) {
      throw new BluehourError(`Cannot read the image: ${reasonOf(error)}`, { cause: error });
    }
  },

  put(url, file, signal, onSent, fetch = globalThis.fetch) {
    if (!onSent) return fetch(url, { method: "PUT", body: file, signal });
    let sent = 0;
    // Piece by piece, as the connection takes them: the Blob's own stream hands out the whole at once.
    const pieces = new ReadableStream<Uint8Array<ArrayBuffer>>(
      {
        async pull(controller) {
          if (sent >= file.size) return controller.close();
          const piece = await file.slice(sent, sent + PIECE_BYTES).arrayBuffer();
          sent += piece.byteLength;
          onSent(sent);
          controller.enqueue(new Uint8Array(piece));
        },
      },
      { highWaterMark: 0 },
    );
    const init: RequestInit & { duplex: "half" } = {
      method: "PUT",
      headers: { "Content-Length": `${file.size}`, ...(file.type ? { "Content-Type": file.type } : {}) },
      body: pieces,
      // What `fetch` asks for where a body is a stream; the types know nothing of it.
      duplex: "half",
      signal,
    };
    return fetch(url, init);
  },
});
