import { env, exports } from "cloudflare:workers";
import { beforeAll, expect, test } from "vitest";
import { sampleImage } from "./sample-images.ts";
import { storeImage } from "./store-image.ts";

const JOB = "a".repeat(64);
const PATH = `/images/${JOB}-1.png`;
const bytes = sampleImage("png");
let etag = "";

const ask = (headers: HeadersInit = {}, method = "GET", path = PATH) =>
  exports.default.fetch(new Request(`https://bluehour.test${path}`, { headers, method }));

beforeAll(async () => {
  const { key } = await storeImage(env.IMAGES, JOB, 0, {
    stream: new Blob([bytes]).stream(),
    bytes: bytes.length,
  });
  etag = (await env.IMAGES.head(key))?.httpEtag ?? "";
});

test("a finished image is public, immutable and safe to embed", async () => {
  const response = await ask();
  expect(response.status).toBe(200);
  expect(new Uint8Array(await response.arrayBuffer())).toEqual(bytes);
  expect(Object.fromEntries(response.headers)).toMatchObject({
    "content-type": "image/png",
    "content-length": `${bytes.length}`,
    "cache-control": "public, max-age=31536000, immutable",
    etag,
    "x-content-type-options": "nosniff",
    "accept-ranges": "bytes",
    "access-control-allow-origin": "*",
  });
});

test("HEAD tells the same without the bytes", async () => {
  const response = await ask({}, "HEAD");
  expect([response.status, response.headers.get("content-length")]).toEqual([200, `${bytes.length}`]);
  expect(await response.text()).toBe("");
});

test.each<[string, () => HeadersInit, number]>([
  ["an ETag that still holds", () => ({ "If-None-Match": etag }), 304],
  ["any ETag", () => ({ "If-None-Match": "*" }), 304],
  ["another ETag", () => ({ "If-None-Match": '"other"' }), 200],
  [
    "not modified since tomorrow",
    () => ({ "If-Modified-Since": new Date(Date.now() + 86_400_000).toUTCString() }),
    304,
  ],
  ["modified since long ago", () => ({ "If-Modified-Since": "Thu, 01 Jan 2015 00:00:00 GMT" }), 200],
  ["a required ETag that does not hold", () => ({ "If-Match": '"other"' }), 412],
])("%s", async (_, headers, status) => {
  const response = await ask(headers());
  expect(response.status).toBe(status);
  if (status === 304) expect(response.headers.get("etag")).toBe(etag);
  await response.body?.cancel();
});

test.each([
  ["bytes=0-9", 0, 9],
  ["bytes=90-", 90, 93],
  ["bytes=-4", 90, 93],
  ["bytes=80-999", 80, 93],
])("range %s", async (range, first, last) => {
  const response = await ask({ Range: range });
  expect(response.status).toBe(206);
  expect(response.headers.get("content-range")).toBe(`bytes ${first}-${last}/94`);
  expect(response.headers.get("content-length")).toBe(`${last - first + 1}`);
  expect(new Uint8Array(await response.arrayBuffer())).toEqual(bytes.slice(first, last + 1));
});

test("a range behind the end is 416", async () => {
  const response = await ask({ Range: "bytes=94-" });
  expect([response.status, response.headers.get("content-range")]).toEqual([416, "bytes */94"]);
});

test.each([
  ["several ranges", { Range: "bytes=0-1,3-4" }],
  ["a unit nobody knows", { Range: "lines=0-1" }],
])("%s: the whole image", async (_, headers) => {
  const response = await ask(headers);
  expect(response.status).toBe(200);
  expect((await response.arrayBuffer()).byteLength).toBe(94);
});

test("If-Range resumes the same image, and sends another one whole", async () => {
  const same = await ask({ Range: "bytes=10-", "If-Range": etag });
  expect([same.status, (await same.arrayBuffer()).byteLength]).toEqual([206, 84]);
  const other = await ask({ Range: "bytes=10-", "If-Range": '"other"' });
  expect([other.status, (await other.arrayBuffer()).byteLength]).toEqual([200, 94]);
});

test.each([`/images/${JOB}-2.png`, "/images/uploads", `/images/${JOB}-1.svg`, "/images/..%2Fsecret"])(
  "%s is 404 with the error shape",
  async (path) => {
    const response = await ask({}, "GET", path);
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ code: "not_found" });
  },
);

test("a wrong method is told the right ones", async () => {
  const response = await ask({}, "POST");
  expect(response.status).toBe(405);
  expect(response.headers.get("allow")).toContain("GET");
});
