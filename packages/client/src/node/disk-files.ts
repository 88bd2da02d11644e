import { createHash, randomUUID } from "node:crypto";
import { constants } from "node:fs";
import { copyFile, link, mkdir, open, readFile, rm, stat } from "node:fs/promises";
import { join, parse } from "node:path";
import { BluehourError } from "../errors.ts";
import type { FileStore } from "../file-store.ts";
import { fileName } from "./file-name.ts";
import { reasonOf } from "./reason-of.ts";

/**
 * Streams images into a directory, which is created if missing. A file appears under its name only when it is complete,
 * and never in place of another.
 */
export const diskFiles: FileStore = {
  find: (downloads, directory) =>
    Promise.all(
      downloads.map(async (download) => {
        const path = join(directory, fileName(download));
        const { size } = await stat(path).catch(() => ({ size: -1 }));
        if (size !== download.bytes) return undefined;
        const hash = createHash("sha256").update(await readFile(path));
        return hash.digest("hex") === download.sha256 ? { path } : undefined;
      }),
    ),

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

  loadUploads: () => import("./disk-upload.ts"),
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

function codeOf(error: unknown): unknown {
  return error instanceof Error && "code" in error ? error.code : undefined;
}
