import type { Download, Project } from "@bluehour/contract";
import { saveOutput } from "#save-output";
import { DownloadError } from "./errors.ts";
import { fileName } from "./file-name.ts";
import { mapBounded } from "./map-bounded.ts";
import type { Platform } from "./platform.ts";
import { responseError } from "./response-error.ts";
import { retry } from "./retry.ts";

/** What became of a job's images, in the order of `project.downloads`. */
export interface SavedOutputs {
  /** Where the files are; empty in a browser. */
  readonly downloaded_paths: string[];
  /** The files themselves; empty in Node, where they are on disk. */
  readonly files: File[];
}

/** One image, where this platform puts it. */
type SavedOutput = { readonly path: string } | { readonly file: File };

/** What `#save-output`, chosen by package.json for Node and for everything else, has to do. */
export type SaveOutput = (
  response: Response,
  facts: Pick<Download, "bytes" | "sha256" | "content_type">,
  target: { readonly directory: string; readonly name: string; readonly signal: AbortSignal },
) => Promise<SavedOutput>;

/** Downloads at a time. */
const PARALLEL = 4;
const MAX_TRIES = 4;
/** Milliseconds that one image may take. */
const TRY_TIMEOUT_MS = 5 * 60_000;

/**
 * Downloads a job's images, each checked against the size and the hash that the project states. The token is
 * not sent: image URLs are public, and may be another host's.
 *
 * @throws DownloadError if not all could be saved; the others are kept, and named in it
 */
export async function saveOutputs(
  project: Project,
  { platform, signal, directory }: { platform: Platform; signal: AbortSignal; directory: string },
): Promise<SavedOutputs> {
  const save = (download: Download) =>
    retry(platform, { signal, tryTimeoutMs: TRY_TIMEOUT_MS, maxTries: MAX_TRIES }, async (trySignal) => {
      const response = await platform.fetch(download.url, { signal: trySignal });
      if (!response.ok) throw await responseError(response);
      return saveOutput(response, download, { directory, name: fileName(download), signal: trySignal });
    });

  const outcomes = await mapBounded(project.downloads, PARALLEL, save);
  signal.throwIfAborted();
  const saved = outcomes.flatMap((outcome) => (outcome.status === "fulfilled" ? [outcome.value] : []));
  const outputs: SavedOutputs = {
    downloaded_paths: saved.flatMap((output) => ("path" in output ? [output.path] : [])),
    files: saved.flatMap((output) => ("file" in output ? [output.file] : [])),
  };
  const failure = outcomes.find((outcome) => outcome.status === "rejected");
  if (failure) throw new DownloadError(project, outputs, failure.reason);
  return outputs;
}
