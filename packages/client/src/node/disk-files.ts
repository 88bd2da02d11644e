import { createHash, randomUUID } from "node:crypto";
import { constants } from "node:fs";
import { copyFile, link, mkdir, open, readFile, rm, stat } from "node:fs/promises";
import { join, parse } from "node:path";
import { BluehourError } from "../errors.ts";
import type { FileStore } from "../file-store.ts";
import { checkUploadSize } from "../upload-size.ts";
import { fileName } from "./file-name.ts";

/** How much of an upload is handed over at a time, in bytes. */
const PIECE_BYTES = 64 * 1024;

/**
 * Streams images into a directory, which is created if missing. A file appears under its name only when it is complete,
 * and never in place of another. Uploads are files of this machine too.
 */
export const diskFiles: FileStore = {
  async find(download, directory) {
    const path = join(directory, fileName(download));
    const { size } = await stat(path).catch(() => ({ size: -1 }));
    if (size !== download.bytes) return undefined;
    const hash = createHash("sha256").update(await readFile(path));
    return hash.digest("hex") === download.sha256 ? { path } : undefined;
  },

  async open(download, directory) {
    const name = fileName(download);
    const temporary = join(directory, `.${name}.${randomUUID().slice(0, 8)}.part`);
    const hash = createHash("sha256");
    const file = await written(async () => {
      await mkdir(directory, { recursive: true });
      return open(temporary, "wx");
    });
    return {
      async write(chunk) {
        hash.update(chunk);
        await written(() => file.appendFile(chunk));
      },
      sha256: () => hash.digest("hex"),
      keep: () => written(async () => ({ path: await place(temporary, directory, name) })),
      async discard() {
        await file.close().catch(() => {});
        await rm(temporary, { force: true }).catch(() => {});
      },
    };
  },

  async read(path) {
    try {
      checkUploadSize((await stat(path)).size);
      return new Blob([await readFile(path)]);
    } catch (error) {
      if (error instanceof BluehourError) throw error;
      throw new BluehourError(`Cannot read the image: ${reasonOf(error)}`, { cause: error });
    }
  },

  put(url, file, signal, onSent, fetch = globalThis.fetch) {
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
};

/** Gives the file its name, or the first free one of `name-1.png`, `name-2.png` … @returns the path */
async function place(temporary: string, directory: string, name: string): Promise<string> {
  const { name: stem, ext } = parse(name);
  for (let count = 0; ; count++) {
    const path = join(directory, count === 0 ? name : `${stem}-${count}${ext}`);
    try {
      // Unlike `rename`, neither call takes the place of a file that is there already.
      await link(temporary, path).catch((error) => {
        if (codeOf(error) === "EEXIST") throw error;
        // Some file systems have no hard links.
        return copyFile(temporary, path, constants.COPYFILE_EXCL);
      });
      return path;
    } catch (error) {
      if (codeOf(error) !== "EEXIST") throw error;
    }
  }
}

/** Tells trouble with the disk, which no retry cures, from trouble with the network. */
async function written<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw new BluehourError(`Cannot write the image: ${reasonOf(error)}`, { cause: error });
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && "code" in error ? error.code : undefined;
}
