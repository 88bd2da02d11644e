/**
 * An image to upload: in Node, Deno and Bun the path of a local file; anywhere a `File`, a `Blob`, bytes, or a stream of
 * bytes. A stream is read to its end first, so that it can be sent again.
 */
export type UploadSource = string | Blob | ArrayBuffer | Uint8Array | ReadableStream<Uint8Array>;

/** Why a source is not uploaded. */
export interface Refusal {
  readonly message: string;
  readonly code?: string;
}

/** Largest file that the Worker takes, in bytes. */
const MAX_BYTES = 25 * 1024 * 1024;

/**
 * What is larger than the Worker takes is told here, since a server that stops reading in the middle of an upload is
 * seldom understood.
 */
export function refusalOf(bytes: number): Refusal | undefined {
  if (bytes <= MAX_BYTES) return undefined;
  return { message: "The file is larger than 25 MiB: upload a smaller one", code: "payload_too_large" };
}

/**
 * All of a source that is in memory, or comes from there.
 *
 * @throws whatever a stream fails with, or the signal's reason
 */
export async function blobOf(
  source: Exclude<UploadSource, string>,
  signal: AbortSignal,
): Promise<Blob | Refusal> {
  if (source instanceof Blob) return refusalOf(source.size) ?? source;
  if (!(source instanceof ReadableStream))
    return refusalOf(source.byteLength) ?? new Blob([unshared(source)]);
  const chunks: BlobPart[] = [];
  let bytes = 0;
  const sink = new WritableStream<Uint8Array>({
    write(chunk, controller) {
      bytes += chunk.byteLength;
      chunks.push(unshared(chunk));
      // Lets go of a stream without an end.
      if (refusalOf(bytes)) controller.error();
    },
  });
  await source.pipeTo(sink, { signal }).catch((error) => {
    if (!refusalOf(bytes)) throw error;
  });
  return refusalOf(bytes) ?? new Blob(chunks);
}

/** `Blob` itself refuses bytes in memory that is shared; types seldom say which they are in. */
function unshared(bytes: ArrayBuffer | Uint8Array): BlobPart {
  return bytes as BlobPart;
}
