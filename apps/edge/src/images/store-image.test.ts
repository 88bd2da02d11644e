import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import { BadOutput } from "./bad-output.ts";
import { inPieces, largePng, SAMPLE_FORMATS, sampleImage } from "./sample-images.ts";
import { storeImage } from "./store-image.ts";

const bucket = env.IMAGES;
let jobs = 0;
/** A job id of its own for each test, so that what one stores the others do not see. */
const newJob = () => `${jobs++}`.padStart(64, "0");

const sha256 = async (bytes: Uint8Array<ArrayBuffer>) =>
  new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).toHex();

const keysOf = async (job: string) => (await bucket.list({ prefix: job })).objects.map(({ key }) => key);

test.each(SAMPLE_FORMATS)("%s is told by its bytes, measured, counted, hashed and stored", async (format) => {
  const bytes = sampleImage(format);
  const job = newJob();
  const output = await storeImage(bucket, job, 0, { stream: inPieces(bytes, 7), bytes: bytes.length });
  const contentType = `image/${format === "jpg" ? "jpeg" : format}`;
  expect(output).toEqual({
    key: `${job}-1.${format}`,
    contentType,
    width: 3,
    height: 2,
    bytes: bytes.length,
    sha256: await sha256(bytes),
  });
  const stored = await bucket.get(output.key);
  expect(new Uint8Array(await (stored as R2ObjectBody).arrayBuffer())).toEqual(bytes);
  expect(stored?.httpMetadata).toMatchObject({
    contentType,
    cacheControl: expect.stringContaining("immutable"),
  });
});

test.each([
  ["smaller than one part", 1000],
  ["exactly one part", 5 * 1024 * 1024],
  ["several parts", 12 * 1024 * 1024],
])("an image of unknown length is stored whole: %s", async (_, size) => {
  const bytes = largePng(size - 12);
  const job = newJob();
  const output = await storeImage(bucket, job, 4, { stream: inPieces(bytes, 300_000), bytes: undefined });
  expect(output).toMatchObject({ key: `${job}-5.png`, bytes: size, sha256: await sha256(bytes) });
  expect((await bucket.head(output.key))?.size).toBe(size);
});

const png = sampleImage("png");
const encode = (text: string) => new TextEncoder().encode(text);

test.each<[string, Uint8Array, number | undefined, string]>([
  ["short of its declared length", png.subarray(0, 60), png.length, "60 bytes instead of 94"],
  ["longer than its declared length", png, png.length - 10, "94 bytes instead of 84"],
  ["cut off, with a length that says nothing of it", png.subarray(0, 80), 80, "ends before"],
  ["cut off, of unknown length", png.subarray(0, 80), undefined, "ends before"],
  ["a cut JPEG", sampleImage("jpg").subarray(0, 250), 250, "ends before"],
  ["a cut WebP", sampleImage("webp").subarray(0, 50), 50, "ends before"],
  ["a cut GIF", sampleImage("gif").subarray(0, 40), 40, "ends before"],
  ["an HTML page", encode("<!doctype html><title>Sorry</title>"), undefined, "not those of"],
  [
    "an SVG, which a browser could run",
    encode("<svg xmlns='http://www.w3.org/2000/svg'/>"),
    41,
    "not those of",
  ],
  ["JSON", encode('{"error":"not today, sorry"}'), undefined, "not those of"],
  ["nothing", new Uint8Array(0), undefined, "empty"],
  ["over 64 MiB by its declared length", png, 64 * 1024 * 1024 + 1, "larger than 64 MiB"],
])("%s: refused, and nothing is stored", async (_, bytes, declared, message) => {
  const job = newJob();
  const storing = storeImage(bucket, job, 0, { stream: inPieces(bytes, 16), bytes: declared });
  await expect(storing).rejects.toThrow(BadOutput);
  await expect(storing).rejects.toThrow(message);
  expect(await keysOf(job)).toEqual([]);
});

test.each([
  ["known", 12 * 1024 * 1024],
  ["unknown", undefined],
])("a connection of %s length that breaks stores nothing", async (_, bytes) => {
  const image = largePng(12 * 1024 * 1024 - 12);
  const job = newJob();
  let sent = 0;
  const stream = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (sent > 7_000_000) return controller.error(new Error("reset"));
      controller.enqueue(image.slice(sent, sent + 500_000));
      sent += 500_000;
    },
  });
  await expect(storeImage(bucket, job, 0, { stream, bytes })).rejects.toThrow("reset");
  expect(await keysOf(job)).toEqual([]);
});
