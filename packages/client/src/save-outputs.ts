import type { Download, Project } from "@bluehour/contract";
import { chunksOf } from "./chunks-of.ts";
import { DownloadError, NetworkError } from "./errors.ts";
import type { PartialFile, SavedOutput } from "./file-store.ts";
import { lastSegment } from "./last-segment.ts";
import type { Platform } from "./platform.ts";
import { responseError } from "./response-error.ts";
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
/** Tries of one image that bring nothing new: about half a minute without network, as while waiting. */
const MAX_TRIES = 8;
/** Milliseconds that one try may take. */
const TRY_TIMEOUT_MS = 5 * 60_000;

interface Target {
  readonly platform: Platform;
  readonly signal: AbortSignal;
  readonly directory: string;
}

/**
 * Downloads a job's images, each checked against the size and the hash that the project states. The token is not sent:
 * image URLs are public, and may be another host's.
 *
 * @throws DownloadError if not all could be saved; the others are kept, and named in it
 */
export async function saveOutputs(project: Project, target: Target): Promise<SavedOutputs> {
  const { platform, signal, directory } = target;
  const find = async (download: Download) => ({
    download,
    found: await platform.files.find?.(download, directory),
  });
  // All at once, before the first download, so that an image is never taken for a sibling of the same name.
  const all = await Promise.all(project.downloads.map(find));
  const saved: SavedOutput[] = [];
  const failures: unknown[] = [];
  // The workers share one iterator, so that each image is taken once.
  const queue = all.entries();
  const work = async () => {
    for (const [index, { download, found }] of queue) {
      try {
        saved[index] = found ?? (await save(download, target));
      } catch (error) {
        failures.push(error);
      }
    }
  };
  await Promise.all(Array.from({ length: PARALLEL }, work));
  signal.throwIfAborted();
  const outputs: SavedOutputs = {
    downloaded_paths: saved.flatMap((output) => ("path" in output ? [output.path] : [])),
    files: saved.flatMap((output) => ("file" in output ? [output.file] : [])),
  };
  if (failures.length > 0) throw new DownloadError(project, outputs, failures[0]);
  return outputs;
}

/** Receives one image. Each try goes on where the one before was cut; as long as more arrives, there is another. */
async function save(download: Download, target: Target): Promise<SavedOutput> {
  const { platform, signal, directory } = target;
  const name = lastSegment(download.url);
  let file: PartialFile | undefined;
  let received = 0;
  const startOver = async () => {
    await file?.discard();
    file = undefined;
    received = 0;
  };
  const receive = async (trySignal: AbortSignal) => {
    const headers: HeadersInit = received ? { Range: `bytes=${received}-` } : {};
    const response = await platform.fetch(download.url, { headers, signal: trySignal });
    if (!response.ok) throw await responseError(response);
    // A server that knows no ranges sends the whole.
    if (response.status !== 206) await startOver();
    file ??= await platform.files.open(download, directory);
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
    await startOver();
    throw new NetworkError(`${name}: the content was damaged on the way`);
  };
  try {
    for (;;) {
      const before = received;
      try {
        return await retry(platform, { signal, tryTimeoutMs: TRY_TIMEOUT_MS, maxTries: MAX_TRIES }, receive);
      } catch (error) {
        if (received <= before) throw error;
      }
    }
  } finally {
    await file?.discard();
  }
}
