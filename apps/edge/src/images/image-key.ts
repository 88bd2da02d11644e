import { IMAGE_FORMATS } from "./image-format.ts";

const FILE = new RegExp(
  `^[0-9a-f]{64}-[1-9]\\d?\\.(${IMAGE_FORMATS.map(({ extension }) => extension).join("|")})$`,
);

/** The object key of a job's image, and its file name: unique across jobs, since SDKs save files by it. */
export function imageKey(jobId: string, index: number, extension: string): string {
  return `${jobId}-${index + 1}.${extension}`;
}

/** Every key an image can have, for removing it without knowing its format. */
export function possibleImageKeys(jobId: string, index: number): string[] {
  return IMAGE_FORMATS.map(({ extension }) => imageKey(jobId, index, extension));
}

/** Whether a name is that of an image, and not of something else in the bucket. */
export function isImageKey(name: string): boolean {
  return FILE.test(name);
}
