import type { Output } from "@bluehour/core";
import { type ExaminedImage, examineImage } from "./examine-image.ts";
import { imageKey } from "./image-key.ts";

/**
 * Parts of a multipart upload, in bytes; R2 wants all but the last equal, and at least 5 MiB.
 *
 * @see https://developers.cloudflare.com/r2/objects/upload-objects/#multipart-upload
 */
const PART_BYTES = 5 * 1024 * 1024;

/** Largest output that is stored, in bytes. */
const MAX_OUTPUT_BYTES = 64 * 1024 * 1024;

/** How a bucket that is public itself is to serve images: as the Worker does. */
export const IMAGE_HTTP_METADATA = { cacheControl: "public, max-age=31536000, immutable" };

/** Bytes to store, with their length where it is known. */
export interface ImageBody {
  readonly stream: ReadableStream<Uint8Array>;
  readonly bytes: number | undefined;
}

/**
 * Streams an image into the bucket. Its key exists only once all its bytes are there and found right.
 *
 * @throws BadOutput for what is not a whole image; whatever the stream or the bucket throws
 */
export async function storeImage(
  bucket: R2Bucket,
  jobId: string,
  index: number,
  body: ImageBody,
): Promise<Output> {
  const image = await examineImage(body.stream, body.bytes, MAX_OUTPUT_BYTES);
  const key = imageKey(jobId, index, image.format.extension);
  const { contentType } = image.format;
  await putImage(bucket, key, image, body.bytes, {
    httpMetadata: { ...IMAGE_HTTP_METADATA, contentType },
    customMetadata: { job: jobId, width: `${image.width}`, height: `${image.height}` },
  });
  const { bytes, sha256 } = await image.result;
  return { key, contentType, width: image.width, height: image.height, bytes, sha256 };
}

/**
 * Streams an examined image to a key.
 *
 * @param bytes - its length, where that is known
 * @throws BadOutput for an image that is not whole; whatever the stream or the bucket throws
 */
export async function putImage(
  bucket: R2Bucket,
  key: string,
  { chunks }: ExaminedImage,
  bytes: number | undefined,
  options: R2PutOptions,
): Promise<void> {
  if (bytes === undefined) await putUnmeasured(bucket, key, chunks, options);
  else await putMeasured(bucket, key, chunks, bytes, options);
}

type Chunks = ExaminedImage["chunks"];

/** Passes chunks straight through. A stream that ends short makes the put fail, and nothing is stored. */
async function putMeasured(
  bucket: R2Bucket,
  key: string,
  chunks: Chunks,
  bytes: number,
  options: R2PutOptions,
) {
  const { readable, writable } = new FixedLengthStream(bytes);
  const put = bucket.put(key, readable, options);
  const writer = writable.getWriter();
  try {
    for await (const chunk of chunks) await writer.write(chunk);
    await writer.close();
    await put;
  } catch (error) {
    await Promise.allSettled([writer.abort(error), put]);
    throw error;
  }
}

/** Holds one part at a time: a small image is put whole, a larger one in parts. */
async function putUnmeasured(bucket: R2Bucket, key: string, chunks: Chunks, options: R2PutOptions) {
  let upload: R2MultipartUpload | null = null;
  const parts: R2UploadedPart[] = [];
  let buffer = new Uint8Array(PART_BYTES);
  let filled = 0;
  try {
    for await (const chunk of chunks) {
      for (let rest = chunk; rest.length > 0; ) {
        if (filled === PART_BYTES) {
          upload ??= await bucket.createMultipartUpload(key, options);
          parts.push(await upload.uploadPart(parts.length + 1, buffer));
          buffer = new Uint8Array(PART_BYTES);
          filled = 0;
        }
        const piece = rest.subarray(0, PART_BYTES - filled);
        buffer.set(piece, filled);
        filled += piece.length;
        rest = rest.subarray(piece.length);
      }
    }
    const last = buffer.subarray(0, filled);
    if (!upload) return void (await bucket.put(key, last, options));
    parts.push(await upload.uploadPart(parts.length + 1, last));
    await upload.complete(parts);
  } catch (error) {
    await upload?.abort().catch(() => undefined);
    throw error;
  }
}
