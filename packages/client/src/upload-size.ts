import { ValidationError } from "./errors.ts";

/** Largest file that the Worker takes, in bytes. */
const MAX_UPLOAD_BYTES = 25 * 1024 * 1024;

/**
 * Told here, since a server that stops reading in the middle of an upload is seldom understood.
 *
 * @param bytes - of the file, as far as they are known
 * @throws ValidationError
 */
export function checkUploadSize(bytes: number): void {
  if (bytes > MAX_UPLOAD_BYTES) {
    throw new ValidationError("The file is larger than 25 MiB: upload a smaller one", {
      code: "payload_too_large",
    });
  }
}
