import type { Painter } from "./canvas.ts";

type Bytes = Uint8Array<ArrayBuffer>;
function chunk(type: string, data: ArrayLike<number>): Bytes {
  const bytes = new Uint8Array(data.length + 12);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, data.length);
  bytes.set(encode(type), 4);
  bytes.set(data, 8);
  let crc = -1;
  for (const byte of bytes.subarray(4, -4))
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (0xedb88320 & -((crc ^ (byte >> bit)) & 1));
  view.setUint32(data.length + 8, ~crc);
  return bytes;
}
const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
async function* pieces(width: number, height: number, painter: () => Painter): AsyncGenerator<Bytes, void> {
  yield Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10);
  yield chunk("IHDR", [0, 0, width >> 8, width, 0, 0, height >> 8, height, 8, 2, 0, 0, 0]);
  yield chunk("tEXt", encode("Software\0Bluehour sketch"));
  yield chunk("tEXt", encode("Comment\0Painted by a deterministic program, not by an AI model."));
  const { readable, writable } = new CompressionStream("deflate");
  const [writer, paint] = [writable.getWriter(), painter()];
  const [row, pixels] = [new Float32Array(width * 3), new Uint8ClampedArray(width * 3 + 3)]; // these clip
  const feed = async (): Promise<void> => {
    for (let y = 0; y < height; ) {
      // All that is held of an image are 32 rows: 400 kB of the widest.
      const band = new Uint8Array(Math.min(32, height - y) * (row.length + 1));
      for (let at = 0; at < band.length; ) {
        paint(row, y++);
        band[at++] = 1; // filter "Sub": a byte less that of the pixel to the left
        for (let from = 0; from < row.length; from++) {
          pixels[from + 3] = (row[from] ?? 0) * 255;
          band[at++] = (pixels[from + 3] ?? 0) - (pixels[from] ?? 0);
        }
      }
      // Without a pause all would be painted at once: no microtask ever waits for the compressor.
      await Promise.all([writer.write(band), new Promise((resolve) => setTimeout(resolve))]);
    }
    await writer.close();
  };
  feed().catch((cause) => writer.abort(cause).catch(() => {})); // the reader is told
  for await (const data of readable) yield chunk("IDAT", data);
  yield chunk("IEND", []);
}
/** A PNG whose rows are painted as they are read, none before. */
export function encodePng(...image: Parameters<typeof pieces>): ReadableStream<Bytes> {
  const png = pieces(...image);
  const pull = (to: ReadableStreamDefaultController<Bytes>): Promise<void> =>
    png.next().then(({ value }) => (value ? to.enqueue(value) : to.close()));
  return new ReadableStream({ pull, cancel: async () => void (await png.return()) }, { highWaterMark: 0 });
}
