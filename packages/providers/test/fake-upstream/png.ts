import { crc32, deflateSync } from "node:zlib";

const SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
const MEBIBYTE = 1024 * 1024;
/** Any bytes do, for no reader looks into a chunk it does not know; these are told from zeros in a hex dump. */
const PADDING = pngChunk("blUe", new Uint8Array(MEBIBYTE).fill(0x42));

export interface PngPicture {
  readonly width: number;
  readonly height: number;
  /** Kept as a text chunk, so that pictures of different labels differ in their bytes. */
  readonly label: string;
  /** Red, green, blue, 0 to 255. */
  readonly color: readonly [number, number, number];
}

/** A PNG of one color. */
export function paintPng(picture: PngPicture): Uint8Array {
  return Buffer.concat([...pngHead(picture), ...pngTail(picture)]);
}

/** The same picture with so many MiB of padding, made while it is read. */
export function* paintLargePng(picture: PngPicture, mebibytes: number): Generator<Uint8Array> {
  yield* pngHead(picture);
  for (let index = 0; index < mebibytes; index += 1) yield PADDING;
  yield* pngTail(picture);
}

/** Length in bytes of what `paintLargePng` gives. */
export function largePngLength(picture: PngPicture, mebibytes: number): number {
  return paintPng(picture).length + mebibytes * PADDING.length;
}

function pngHead({ width, height, label }: PngPicture): Uint8Array[] {
  const header = new DataView(new ArrayBuffer(13));
  header.setUint32(0, width);
  header.setUint32(4, height);
  header.setUint8(8, 8); // bits per channel
  header.setUint8(9, 2); // RGB
  return [
    SIGNATURE,
    pngChunk("IHDR", new Uint8Array(header.buffer)),
    pngChunk("tEXt", Buffer.from(`Comment\0${label}`, "latin1")),
  ];
}

function pngTail({ width, height, color }: PngPicture): Uint8Array[] {
  const row = Uint8Array.from([0, ...Array.from({ length: width }, () => color).flat()]);
  const rows = Buffer.concat(Array.from({ length: height }, () => row));
  return [pngChunk("IDAT", deflateSync(rows)), pngChunk("IEND", new Uint8Array())];
}

function pngChunk(type: string, data: Uint8Array): Uint8Array {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const chunk = Buffer.alloc(body.length + 8);
  chunk.writeUInt32BE(data.length, 0);
  body.copy(chunk, 4);
  chunk.writeUInt32BE(crc32(body), body.length + 4);
  return chunk;
}
