import { ask, success } from "./ask.ts";
import { chunksOf } from "./chunks-of.ts";
import { BluehourError, ValidationError } from "./errors.ts";
import type { FileStore } from "./file-store.ts";
import type { Files } from "./files.ts";
import type { Platform } from "./platform.ts";
import { checkUploadSize } from "./upload-size.ts";

/**
 * An image to upload: in Node, Deno and Bun the path of a local file; anywhere a `File`, a `Blob`, bytes, or a stream of
 * bytes. A stream is read to its end first, so that it can be sent again.
 */
export type UploadSource = string | Blob | ArrayBuffer | Uint8Array | ReadableStream<Uint8Array>;

/** How far an upload is. Begins anew with each try. */
export interface UploadProgress {
  /** Bytes that are out. */
  readonly sentBytes: number;
  /** The file's size. */
  readonly totalBytes: number;
  /** 0 to 1. */
  readonly fraction: number;
}

export interface UploadDetails {
  /** Its extension says what kind of image it is. Default: the file's own name, or the Blob's type. */
  readonly fileName?: string | undefined;
  /** Told at the beginning, as the bytes go out where the platform says (Node, pages), and at the end. Must not throw. */
  readonly onProgress?: ((progress: UploadProgress) => void) | undefined;
}

/** Uploads an image. @returns its `file_path` */
export type Upload = (source: UploadSource, signal: AbortSignal, details?: UploadDetails) => Promise<string>;

/** What one try may take beyond its bytes, in milliseconds. */
const TRY_TIMEOUT_MS = 60_000;
/** A connection that is slower counts as dead: bytes a millisecond. */
const SLOWEST = 32;

export function createUpload(createUploadUrls: Files["createUploadUrls"], platform: Platform): Upload {
  return async (source, signal, { fileName = nameOf(source), onProgress } = {}) => {
    const file = await fileOf(source, signal, platform.files);
    const { size: totalBytes } = file;
    checkUploadSize(totalBytes);
    const tell =
      onProgress &&
      ((sentBytes: number) =>
        onProgress({ sentBytes, totalBytes, fraction: totalBytes && sentBytes / totalBytes }));
    const asked = { items: [{ type: "image" as const, extension: extensionOf(fileName, file) }] };
    const [place] = (await createUploadUrls(asked, { signal })).items;
    if (!place) throw new BluehourError("The server names no place for the file");
    const send = async (trySignal: AbortSignal) => {
      tell?.(0);
      await success(await platform.put(place.upload_url, file, trySignal, tell));
    };
    await ask(platform, signal, send, { tryTimeoutMs: TRY_TIMEOUT_MS + Math.ceil(totalBytes / SLOWEST) });
    tell?.(totalBytes);
    return place.file_path;
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

async function fileOf(source: UploadSource, signal: AbortSignal, files: FileStore): Promise<Blob> {
  if (source instanceof Blob) return source;
  if (typeof source === "string") {
    if (files.read) return files.read(source);
    throw new ValidationError(
      `"${source}" is a local path, which cannot be read here: pass a File or a Blob`,
    );
  }
  if (!(source instanceof ReadableStream)) return new Blob([unshared(source)]);
  const chunks: BlobPart[] = [];
  let bytes = 0;
  for await (const chunk of chunksOf(source, signal)) {
    bytes += chunk.byteLength;
    checkUploadSize(bytes);
    chunks.push(unshared(chunk));
  }
  return new Blob(chunks);
}

/** `Blob` itself refuses bytes in memory that is shared; types seldom say which they are in. */
function unshared(bytes: ArrayBuffer | Uint8Array): BlobPart {
  return bytes as BlobPart;
}
