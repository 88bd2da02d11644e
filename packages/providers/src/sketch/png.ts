import type { Layer } from "./canvas.ts";

/** Rows handed to the compressor at once: 400 kB of the widest image, and all that is held of it. */
const BAND = 32;
const TEXTS = [
  "Software\0Bluehour sketch",
  "Comment\0Painted by a deterministic program, not by an AI model.",
];
const CRC = Uint32Array.from({ length: 256 }, (_, bits) => {
  for (let bit = 0; bit < 8; bit++) bits = bits & 1 ? (bits >>> 1) ^ 0xedb88320 : bits >>> 1;
  return bits;
});

function chunk(type: string, data: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(data.length + 12);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, data.length);
  bytes.set(new TextEncoder().encode(type), 4);
  bytes.set(data, 8);
  const crc = bytes
    .subarray(4, -4)
    .reduce((bits, byte) => (CRC[(bits ^ byte) & 255] ?? 0) ^ (bits >>> 8), -1);
  view.setUint32(data.length + 8, ~crc);
  return bytes;
}

/** Rows as PNG wants them, before compression. */
function scanlines(width: number, height: number, paint: Layer): ReadableStream<Uint8Array<ArrayBuffer>> {
  const [row, pixels] = [new Float32Array(width * 3), new Uint8ClampedArray(width * 3 + 3)];
  let next = 0;
  return new ReadableStream({
    pull(controller) {
      const band = new Uint8Array(Math.min(BAND, height - next) * (row.length + 1));
      for (let at = 0; at < band.length; ) {
        paint(row, next++);
        band[at++] = 1; // filter "Sub": a byte less that of the pixel to the left
        for (let from = 0; from < row.length; from++) {
          pixels[from + 3] = (row[from] ?? 0) * 255;
          band[at++] = (pixels[from + 3] ?? 0) - (pixels[from] ?? 0);
        }
      }
      controller.enqueue(band);
      if (next === height) controller.close();
    },
  });
}

async function* pieces(
  width: number,
  height: number,
  painter: () => Layer,
): AsyncGenerator<Uint8Array, void> {
  yield Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10);
  const header = new DataView(new ArrayBuffer(13));
  header.setUint32(0, width);
  header.setUint32(4, height);
  header.setUint16(8, 0x0802); // 8 bits a channel, truecolour
  yield chunk("IHDR", new Uint8Array(header.buffer));
  for (const text of TEXTS) yield chunk("tEXt", new TextEncoder().encode(text));
  const packed = scanlines(width, height, painter()).pipeThrough(new CompressionStream("deflate"));
  for await (const data of packed) yield chunk("IDAT", data);
  yield chunk("IEND", new Uint8Array());
}

/**
 * A PNG whose rows are painted as they are read, none before; the image is never held whole.
 *
 * @param painter - makes the painter of the rows once they are wanted; channels beyond 0 to 1 are clipped
 * @see https://www.w3.org/TR/png-3/
 */
export function encodePng(...image: Parameters<typeof pieces>): ReadableStream<Uint8Array> {
  const png = pieces(...image);
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { value } = await png.next();
        if (value) controller.enqueue(value);
        else controller.close();
      },
      cancel: async () => void (await png.return()),
    },
    { highWaterMark: 0 },
  );
}
