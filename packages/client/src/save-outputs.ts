import type { Download, Project } from "@bluehour/contract";
import { chunksOf } from "./chunks-of.ts";
import { DownloadError, NetworkError } from "./errors.ts";
import type { PartialFile, SavedOutput } from "./file-store.ts";
import { lastSegment } from "./last-segment.ts";
import type { Platform } from "./platform.ts";
import { success } from "./response-error.ts";
import { retry } from "./retry.ts";

/** What became of a job's images, in the order of `project.downloads`. */
export interface SavedOutputs {
  /** Node: where the files are. Empty in a browser or a Worker. */
  readonly downloaded_paths: string[];
  /** Browsers and Workers: the files themselves. Empty in Node, where they are on disk. */
  readonly files: File[];
}

/** Downloads at a time. */
const PARALLEL = 4;
/** Tries of one image in a row that bring nothing new: about half a minute without network, as while waiting. */
const MAX_TRIES = 8;
/** Milliseconds that one try may take. */
const TRY_TIMEOUT_MS = 5 * 60_000;

/**
 * Downloads a job's images, each checked against the size and the hash that the project states. The token is not sent:
 * image URLs are public, and may be another host's.
 *
 * @throws DownloadError if not all could be saved; the others are kept, and named in it
 */
export async function saveOutputs(
  project: Project,
  platform: Platform,
  signal: AbortSignal,
  directory: string,
): Promise<SavedOutputs> {
  // All at once, before the first download, so that an image is never taken for a sibling of the same name.
  const saved = (await platform.files.find?.(project.downloads, directory)) ?? [];
  const failures: unknown[] = [];
  // The workers share one iterator, so that each image is taken once.
  const queue = project.downloads.entries();
  const work = async () => {
    for (const [index, download] of queue) {
      try {
        saved[index] ??= await save(download, platform, signal, directory);
      } catch (error) {
        failures.push(error);
      }
    }
  };
  await Promise.all(Array.from({ length: PARALLEL }, work));
  signal.throwIfAborted();
  const outputs: SavedOutputs = {
    downloaded_paths: saved.flatMap((output) => output?.path ?? []),
    files: saved.flatMap((output) => output?.file ?? []),
  };
  if (failures.length > 0) throw new DownloadError(project, outputs, failures[0]);
  return outputs;
}

/** Receives one image. Each try goes on where the one before was cut; as long as more arrives, there is another. */
async function save(
  download: Download,
  platform: Platform,
  signal: AbortSignal,
  directory: string,
): Promise<SavedOutput> {
  const name = lastSegment(download.url);
  let file: PartialFile | undefined;
  let received = 0;
  const receive = async (trySignal: AbortSignal) => {
    const headers: HeadersInit = received ? { Range: `bytes=${received}-` } : {};
    const response = await platform.fetch(download.url, { headers, signal: trySignal });
    await success(response);
    // A server that knows no ranges sends the whole.
    if (!file || response.status !== 206) {
      await file?.discard();
      file = await platform.files.open(download, directory);
      received = 0;
    }
    for await (const chunk of chunksOf(response.body, trySignal)) {
      received += chunk.byteLength;
      await file.write(chunk);
      if (received > download.bytes) break;
    }
    // What is missing can still come; what is wrong cannot be mended.
    if (received < download.bytes) {
      throw new NetworkError(`${name}: received ${received} of ${download.bytes} bytes`);
    }
    const hash = received > download.bytes ? "" : await file.sha256();
    if (hash === undefined || hash === download.sha256) return file.keep();
    received = 0;
    throw new NetworkError(`${name}: the content was damaged on the way`);
  };
  try {
    return await retry(signal, receive, {
      tryTimeoutMs: TRY_TIMEOUT_MS,
      maxTries: MAX_TRIES,
      progress: () => received,
    });
  } finally {
    await file?.discard();
  }
}
