import type { Refusal, UploadSource } from "./upload-source.ts";

/** How far an upload is. Begins anew with each try. */
export interface UploadProgress {
  /** Bytes that were handed to the connection. */
  readonly sentBytes: number;
  /** The file's size, in bytes. */
  readonly totalBytes: number;
  /** The one by the other: 0 to 1. */
  readonly fraction: number;
}

/** What else is known of an upload, and who is told how far it is. */
export interface UploadDetails {
  /**
   * Its extension says what kind of image it is; the server looks at the bytes all the same. Default: the file's own
   * name, or the Blob's type, or `png`.
   */
  readonly fileName?: string | undefined;
  /**
   * Told at the beginning, as the bytes go out where the platform says (Node, and pages without a `fetch` of yours), and
   * at the end. Must not throw.
   */
  readonly onProgress?: ((progress: UploadProgress) => void) | undefined;
}

/** Where uploads come from on a platform, and how they go out. */
export interface UploadPort {
  /** The whole of a source. @throws BluehourError for a file that cannot be read; the signal's reason */
  contentOf(source: UploadSource, signal: AbortSignal): Promise<Blob | Refusal>;
  /**
   * Sends a file by PUT.
   *
   * @param onSent - told how many of its bytes are out, where the platform says
   * @param fetch - the caller's own, if there is one: then it is the only way out
   */
  put(
    url: string,
    file: Blob,
    signal: AbortSignal,
    onSent: ((bytes: number) => void) | undefined,
    fetch: typeof globalThis.fetch | undefined,
  ): Promise<Response>;
}

/** What an upload takes of the client. Passed in: see `Uploads`. */
interface UploadTools {
  readonly signal: AbortSignal;
  /** The caller's own, if there is one. */
  readonly fetch: typeof globalThis.fetch | undefined;
  /** Asks the server for a place for an image. */
  readonly placeFor: (extension: string) => Promise<{ upload_url: string; file_path: string }>;
  /** Sends until an answer is a success. */
  readonly insist: (
    send: (signal: AbortSignal) => Promise<Response>,
    limits: { tryTimeoutMs: number },
  ) => Promise<void>;
}

/**
 * The code of uploads. Pages load it with their first one; it imports nothing of what they have loaded before, since
 * some bundlers would then split that too.
 */
export interface Uploads {
  /** Uploads an image. @returns its `file_path` */
  upload(source: UploadSource, details: UploadDetails, tools: UploadTools): Promise<string | Refusal>;
}

/** What one try may take beyond its bytes, in milliseconds. */
const TRY_TIMEOUT_MS = 60_000;
/** A connection that is slower counts as dead: bytes a millisecond. */
const SLOWEST = 32;

export function uploadThrough(port: UploadPort): Uploads["upload"] {
  return async (source, { fileName, onProgress }, { signal, fetch, placeFor, insist }) => {
    const file = await port.contentOf(source, signal);
    if (!(file instanceof Blob)) return file;
    const { size: totalBytes } = file;
    const tell =
      onProgress &&
      ((sentBytes: number) =>
        onProgress({ sentBytes, totalBytes, fraction: totalBytes && sentBytes / totalBytes }));
    const { upload_url, file_path } = await placeFor(extensionOf(fileName ?? nameOf(source), file));
    const send = (trySignal: AbortSignal) => {
      tell?.(0);
      return port.put(upload_url, file, trySignal, tell, fetch);
    };
    await insist(send, { tryTimeoutMs: TRY_TIMEOUT_MS + Math.ceil(totalBytes / SLOWEST) });
    tell?.(totalBytes);
    return file_path;
  };
}

function nameOf(source: UploadSource): string {
  if (typeof source === "string") return source;
  return source instanceof File ? source.name : "";
}

/** The server looks at the bytes: whatever it takes for an image will do where nobody says what kind it is. */
function extensionOf(name: string, { type }: Blob): string {
  return (/\.(\w+)$/.exec(name) ?? /^image\/(\w+)/.exec(type))?.[1] ?? "png";
}
