import { ApiError } from "@bluehour/contract";
import { BadOutput, TooLarge } from "../images/bad-output.ts";
import { examineImage } from "../images/examine-image.ts";
import { putImage } from "../images/store-image.ts";
import { MAX_UPLOAD_BYTES } from "./upload-link.ts";

/**
 * Streams an upload into the bucket, as an image that it was found to be. Uploading it again replaces it.
 *
 * @param path - the file's path, which is its object key
 * @throws ApiError `payload_too_large` above 25 MiB, `unprocessable` for what is no image we know
 */
export async function receiveUpload(request: Request, bucket: R2Bucket, path: string): Promise<void> {
  const length = request.headers.get("content-length");
  const bytes = length === null ? undefined : Number(length);
  try {
    const image = await examineImage(request.body ?? emptyStream(), bytes, MAX_UPLOAD_BYTES);
    await putImage(bucket, path, image, bytes, {
      httpMetadata: { contentType: image.format.contentType },
      customMetadata: { width: `${image.width}`, height: `${image.height}` },
    });
  } catch (error) {
    if (error instanceof TooLarge) {
      throw new ApiError("payload_too_large", "The file is larger than 25 MiB: upload a smaller one");
    }
    if (error instanceof BadOutput) {
      throw new ApiError("unprocessable", `${error.message}: upload a PNG, JPEG, WebP, AVIF or GIF file`);
    }
    throw error;
  }
}

function emptyStream(): ReadableStream<Uint8Array> {
  return new Blob([]).stream();
}
