import { createHash, randomUUID } from "node:crypto";
import { constants } from "node:fs";
import { copyFile, type FileHandle, link, mkdir, open, rm } from "node:fs/promises";
import { join, parse } from "node:path";
import { BluehourError, NetworkError } from "../errors.ts";
import type { SaveOutput } from "../save-outputs.ts";

type Facts = Parameters<SaveOutput>[1];

/**
 * Streams an image into a directory, which is created if missing. The file appears under its name only when it
 * is complete and checked, and never in place of another.
 *
 * @throws NetworkError if it is not what the project says; BluehourError if it cannot be written
 */
export const saveOutput: SaveOutput = async (response, facts, { directory, name, signal }) => {
  const temporary = join(directory, `.${name}.${randomUUID().slice(0, 8)}.part`);
  try {
    await written(() => mkdir(directory, { recursive: true }));
    const file = await written(() => open(temporary, "wx"));
    try {
      await receive(response, facts, { file, name, signal });
    } finally {
      await file.close();
    }
    return { path: await written(() => place(temporary, directory, name)) };
  } finally {
    // Frees the connection of an answer that was not read to its end.
    await response.body?.cancel().catch(() => {});
    await rm(temporary, { force: true }).catch(() => {});
  }
};

async function receive(
  response: Response,
  facts: Facts,
  { file, name, signal }: { file: FileHandle; name: string; signal: AbortSignal },
) {
  const hash = createHash("sha256");
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    signal.throwIfAborted();
    bytes += chunk.byteLength;
    if (bytes > facts.bytes) break;
    hash.update(chunk);
    await written(() => file.writeFile(chunk));
  }
  if (bytes > facts.bytes)
    throw new NetworkError(`${name}: received more than the ${facts.bytes} bytes announced`);
  if (bytes < facts.bytes) throw new NetworkError(`${name}: received ${bytes} of ${facts.bytes} bytes`);
  if (hash.digest("hex") !== facts.sha256)
    throw new NetworkError(`${name}: the content was damaged on the way`);
}

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
    const reason = error instanceof Error ? error.message : String(error);
    throw new BluehourError(`Cannot write the image: ${reason}`, { cause: error });
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && "code" in error ? error.code : undefined;
}
