import { BadOutput, TooLarge } from "./bad-output.ts";
import { IMAGE_FORMATS, type ImageFormat } from "./image-format.ts";
import { LargeReads } from "./large-reads.ts";

/** Pixel sizes stand within this much of a file, in bytes, unless it carries excessive metadata. */
const MAX_HEAD_BYTES = 512 * 1024;

const TAIL_BYTES = 64;

interface ImageFacts {
  readonly format: ImageFormat;
  readonly width: number;
  readonly height: number;
}

/** An image on its way: what its first bytes tell, and all its bytes, of which the last come only if they are right. */
export interface ExaminedImage extends ImageFacts {
  /** Each is good until the next is asked for. @throws BadOutput before the last one, when the image is not whole */
  readonly chunks: AsyncIterable<Uint8Array>;
  /** Known once the chunks are through. */
  readonly result: Promise<{ bytes: number; sha256: string }>;
}

/**
 * Looks at an image while it streams by: tells its format from its bytes, measures, counts and hashes it, and holds
 * its last chunk back until it is known to be whole. Keeps no more of it in memory than its head.
 *
 * @param declaredBytes - its length, where that is known
 * @param maxBytes - the most it may have
 * @throws TooLarge, and BadOutput when its first bytes are not those of an image
 */
export async function examineImage(
  body: ReadableStream<Uint8Array>,
  declaredBytes: number | undefined,
  maxBytes: number,
): Promise<ExaminedImage> {
  if (declaredBytes !== undefined && declaredBytes > maxBytes) throw tooLarge(maxBytes);
  const reads = new LargeReads(body);
  try {
    const { head, facts } = await readHead(reads);
    const { promise: result, resolve } = Promise.withResolvers<{ bytes: number; sha256: string }>();
    return {
      ...facts,
      chunks: pass(reads, head, facts.format, { declaredBytes, maxBytes, finish: resolve }),
      result,
    };
  } catch (error) {
    reads.cancel(error);
    throw error;
  }
}

/** Reads as far as it takes to tell the format and the size in pixels. */
async function readHead(reads: LargeReads): Promise<{ head: Uint8Array; facts: ImageFacts }> {
  let head: Uint8Array = new Uint8Array(0);
  for (;;) {
    const chunk = await reads.next();
    if (chunk) head = concatenate(head, chunk);
    const facts = tellFacts(head);
    if (facts) return { head, facts };
    if (!chunk || head.length > MAX_HEAD_BYTES) throw notAnImage(head);
  }
}

function tellFacts(head: Uint8Array): ImageFacts | null {
  if (head.length < 12) return null;
  const format = IMAGE_FORMATS.find(({ matches }) => matches(head));
  if (!format) throw notAnImage(head);
  try {
    const { width, height } = format.measure(head);
    return width > 0 && height > 0 ? { format, width, height } : null;
  } catch {
    // Too short so far, or broken: more bytes will tell.
    return null;
  }
}

async function* pass(
  reads: LargeReads,
  head: Uint8Array,
  format: ImageFormat,
  {
    declaredBytes,
    maxBytes,
    finish,
  }: {
    declaredBytes: number | undefined;
    maxBytes: number;
    finish: (result: { bytes: number; sha256: string }) => void;
  },
): AsyncGenerator<Uint8Array> {
  const digest = new crypto.DigestStream("SHA-256");
  const digestWriter = digest.getWriter();
  let whole = false;
  try {
    let held = head;
    let bytes = held.length;
    let tail = lastBytes(new Uint8Array(0), held);
    await digestWriter.write(held);
    for (;;) {
      const chunk = await reads.next();
      if (!chunk) break;
      bytes += chunk.length;
      if (bytes > maxBytes) throw tooLarge(maxBytes);
      await digestWriter.write(chunk);
      tail = lastBytes(tail, chunk);
      yield held;
      if (held !== head) reads.giveBack(held);
      held = chunk;
    }
    if (declaredBytes !== undefined && bytes !== declaredBytes) {
      throw new BadOutput(`The image has ${bytes} bytes instead of ${declaredBytes}`);
    }
    if (!format.isWhole(head, tail, bytes)) throw new BadOutput("The image ends before it is whole");
    await digestWriter.close();
    finish({ bytes, sha256: new Uint8Array(await digest.digest).toHex() });
    whole = true;
    yield held;
  } finally {
    if (!whole) {
      // Somebody has to look at the digest's promise, or its rejection counts as unhandled.
      digest.digest.catch(() => undefined);
      await digestWriter.abort().catch(() => undefined);
      reads.cancel();
    }
  }
}

function lastBytes(before: Uint8Array, chunk: Uint8Array): Uint8Array {
  if (chunk.length >= TAIL_BYTES) return chunk.slice(-TAIL_BYTES);
  return concatenate(before, chunk).slice(-TAIL_BYTES);
}

function concatenate(a: Uint8Array, b: Uint8Array): Uint8Array {
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}

function notAnImage(head: Uint8Array): BadOutput {
  return new BadOutput(
    head.length === 0
      ? "The image is empty"
      : "The bytes are not those of a PNG, JPEG, WebP, AVIF or GIF image",
  );
}

function tooLarge(maxBytes: number): TooLarge {
  return new TooLarge(`The image is larger than ${maxBytes / 1024 / 1024} MiB`);
}
