import { GIF } from "image-size/types/gif";
import { HEIF } from "image-size/types/heif";
import { JPG } from "image-size/types/jpg";
import { PNG } from "image-size/types/png";
import { WEBP } from "image-size/types/webp";

/** A format that is stored, and how to tell it from its bytes. */
export interface ImageFormat {
  readonly contentType: string;
  readonly extension: string;
  /** Whether a file that starts like this is of the format. */
  matches(head: Uint8Array): boolean;
  /** Pixels. @throws when the head is too short, or broken */
  measure(head: Uint8Array): { width: number; height: number };
  /** Whether a file is there to its end, judged by its first bytes, its last bytes and its length. */
  isWhole(head: Uint8Array, tail: Uint8Array, bytes: number): boolean;
}

const ascii = (bytes: Uint8Array, start: number, end: number) =>
  String.fromCharCode(...bytes.subarray(start, end));

const startsWith = (head: Uint8Array, ...signature: number[]) =>
  signature.every((byte, index) => head[index] === byte);

const png: ImageFormat = {
  contentType: "image/png",
  extension: "png",
  matches: (head) => startsWith(head, 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
  measure: PNG.calculate,
  isWhole: (_, tail) => ascii(tail, 0, tail.length).includes("IEND"),
};

const jpeg: ImageFormat = {
  contentType: "image/jpeg",
  extension: "jpg",
  matches: (head) => startsWith(head, 0xff, 0xd8, 0xff),
  measure: JPG.calculate,
  // Some encoders pad behind the end marker.
  isWhole: (_, tail) => tail.some((byte, index) => byte === 0xff && tail[index + 1] === 0xd9),
};

const webp: ImageFormat = {
  contentType: "image/webp",
  extension: "webp",
  matches: (head) => ascii(head, 0, 4) === "RIFF" && ascii(head, 8, 12) === "WEBP",
  measure: WEBP.calculate,
  isWhole: (head, _, bytes) => bytes >= 8 + new DataView(head.buffer, head.byteOffset).getUint32(4, true),
};

const avif: ImageFormat = {
  contentType: "image/avif",
  extension: "avif",
  matches: (head) => ascii(head, 4, 8) === "ftyp" && /^avi[fs]$/.test(ascii(head, 8, 12)),
  measure: HEIF.calculate,
  // The format has no mark of its end.
  isWhole: () => true,
};

const gif: ImageFormat = {
  contentType: "image/gif",
  extension: "gif",
  matches: (head) => /^GIF8[79]a$/.test(ascii(head, 0, 6)),
  measure: GIF.calculate,
  isWhole: (_, tail) => tail.at(-1) === 0x3b,
};

/** What is stored. Formats that a browser could run, such as SVG and HTML, are not among them. */
export const IMAGE_FORMATS: readonly ImageFormat[] = [png, jpeg, webp, avif, gif];
