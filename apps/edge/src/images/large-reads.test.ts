import { expect, test } from "vitest";
import { LargeReads } from "./large-reads.ts";
import { inPieces } from "./sample-images.ts";

const KIB = 1024;
const bytes = Uint8Array.from({ length: 150 * KIB }, (_, index) => index % 251);

/** The bytes as they come from the network: a stream of bytes, in small chunks. */
function streamed(): ReadableStream<Uint8Array> {
  const { readable, writable } = new FixedLengthStream(bytes.length);
  void inPieces(bytes, 4 * KIB).pipeTo(writable);
  return readable;
}

test("a stream of bytes is read in large pieces, into the memory that was given back", async () => {
  const reads = new LargeReads(streamed());
  const copies: Uint8Array[] = [];
  for (let chunk = await reads.next(); chunk; chunk = await reads.next()) {
    copies.push(chunk.slice());
    reads.giveBack(chunk);
  }
  expect(copies.map(({ length }) => length / KIB)).toEqual([64, 64, 22]);
  expect(new Uint8Array(await new Blob(copies).arrayBuffer())).toEqual(bytes);
});

test("what is not given back stays as it is", async () => {
  const reads = new LargeReads(streamed());
  const first = await reads.next();
  await reads.next();
  expect(first).toEqual(bytes.subarray(0, 64 * KIB));
});

test("a stream of chunks is read chunk by chunk", async () => {
  const chunks = [0, 10, 20].map((from) => bytes.subarray(from, from + 10));
  const reads = new LargeReads(inPieces(bytes.subarray(0, 30), 10));
  for (const chunk of [...chunks, null]) expect(await reads.next()).toEqual(chunk);
});
