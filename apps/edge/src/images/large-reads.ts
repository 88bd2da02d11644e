/**
 * Bytes that a read brings, as long as there are as many. A stream's own chunks are of some 4 KiB, and what is done with
 * each of them, in JavaScript, takes longer than the bytes do.
 */
const READ_BYTES = 64 * 1024;

/** Reads a stream in large pieces, into memory that is used again where it is given back. */
export class LargeReads {
  readonly #reader: ReadableStreamBYOBReader | ReadableStreamDefaultReader<Uint8Array>;
  #spare: ArrayBuffer | null = null;

  constructor(stream: ReadableStream<Uint8Array>) {
    this.#reader = readerOf(stream);
  }

  /** @returns null at the end */
  async next(): Promise<Uint8Array | null> {
    if (this.#reader instanceof ReadableStreamDefaultReader) return (await this.#reader.read()).value ?? null;
    const memory = this.#spare ?? new ArrayBuffer(READ_BYTES);
    this.#spare = null;
    const { value } = await this.#reader.readAtLeast(READ_BYTES, new Uint8Array(memory));
    return value && value.length > 0 ? value : null;
  }

  /** Nobody looks at what was read any more. */
  giveBack({ buffer }: Uint8Array): void {
    if (buffer instanceof ArrayBuffer && buffer.byteLength === READ_BYTES) this.#spare = buffer;
  }

  /** Lets go of the stream. Never throws. */
  cancel(reason?: unknown): void {
    this.#reader.cancel(reason).catch(() => undefined);
  }
}

/** A stream that is made in JavaScript need not be one of bytes. */
function readerOf(stream: ReadableStream<Uint8Array>) {
  try {
    return stream.getReader({ mode: "byob" });
  } catch {
    return stream.getReader();
  }
}
