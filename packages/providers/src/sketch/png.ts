import type { Painter } from "./canvas.ts";

type Bytes = Uint8Array<ArrayBuffer>;
/** Rows handed to the compressor at once: 400 kB of the widest image, and all that is held of it. */
const BAND = 32;

function chunk(type: string, data: ArrayLike<number>): Bytes {
  const bytes = new Uint8Array(data.length + 12);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, data.length);
  bytes.set(new TextEncoder().encode(type), 4);
  bytes.set(data, 8);
  let crc = -1;
  for (const byte of bytes.subarray(4, -4)) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (0xedb88320 & -(crc & 1));
  }
  view.setUint32(data.length + 8, ~crc);
  return bytes;
}
const text = (keyword: string, value: string): Bytes =>
  chunk("tEXt", new TextEncoder().encode(`${keyword}\0${value}`));

/** Bands of rows as PNG wants them, before compression; channels beyond 0 to 1 are clipped. */
function* bands(width: number, height: number, paint: Painter): Generator<Bytes, void> {
  const [row, pixels] = [new Float32Array(width * 3), new Uint8ClampedArray(width * 3 + 3)];
  for (let y = 0; y < height; ) {
    const band = new Uint8Array(Math.min(BAND, height - y) * (row.length + 1));
    for (let at = 0; at < band.length; ) {
      paint(row, y++);
      band[at++] = 1; // filter "Sub": a byte less that of the pixel to the left
      for (let from = 0; from < row.length; from++) {
        pixels[from + 3] = (row[from] ?? 0) * 255;
        band[at++] = (pixels[from + 3] ?? 0) - (pixels[from] ?? 0);
      }
    }
    yield band;
  }
}

/** Compresses bands. Piped through, they would all be painted at once: no microtask ever waits for the compressor. */
function deflated(painted: Iterable<Bytes>): ReadableStream<Uint8Array> {
  const { readable, writable } = new CompressionStream("deflate");
  const writer = writable.getWriter();
  const feed = async (): Promise<void> => {
    for (const band of painted)
      await Promise.all([writer.write(band), new Promise((resolve) => setTimeout(resolve))]);
    await writer.close();
  };
  feed().catch((cause) => writer.abort(cause).catch(() => {})); // the reader is told
  return readable;
}

async function* pieces(width: number, height: number, painter: () => Painter): AsyncGenerator<Bytes, void> {
  yield Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10);
  yield chunk("IHDR", [0, 0, width >> 8, width, 0, 0, height >> 8, height, 8, 2, 0, 0, 0]);
  yield text("Software", "Bluehour sketch");
  yield text("Comment", "Painted by a deterministic program, not by an AI model.");
  for await (const data of deflated(bands(width, height, painter()))) yield chunk("IDAT", data);
  yield chunk("IEND", []);
}

/** A PNG whose rows are painted as they are read, none before. */
export function encodePng(...image: Parameters<typeof pieces>): ReadableStream<Bytes> {
  const png = pieces(...image);
  const pull = async (controller: ReadableStreamDefaultController<Bytes>): Promise<void> => {
    const { value } = await png.next();
    if (value) controller.enqueue(value);
    else controller.close();
  };
  return new ReadableStream({ pull, cancel: async () => void (await png.return()) }, { highWaterMark: 0 });
}
