import { truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeEach, expect, test, vi } from "vitest";
import { BASE_URL, fakeBluehour, TOKEN } from "../test/fake-bluehour.ts";
import { IMAGE } from "../test/fake-project.ts";
import { inNoTime } from "../test/in-no-time.ts";
import { temporaryDirectory } from "../test/temporary-directory.ts";
import { AbortError, BluehourError, NetworkError, ValidationError } from "./errors.ts";
import { createClient } from "./node/create-client.ts";
import type { UploadProgress } from "./upload.ts";
import type { UploadSource } from "./upload-source.ts";

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance", "Date"] });
  return () => vi.useRealTimers();
});

/** A fake server and a client of it; `around` may meddle with the bytes on their way. */
function setUp(around: (put: () => Promise<Response>) => Promise<Response> = (put) => put()) {
  const server = fakeBluehour();
  const { v1 } = createClient({
    baseUrl: BASE_URL,
    token: TOKEN,
    fetch: (input, init) => {
      const send = () => server.fetch(input, init);
      return init?.method === "PUT" ? around(send) : send();
    },
  });
  return { server, files: v1.files };
}

async function localFile(name: string): Promise<string> {
  const path = join(await temporaryDirectory(), name);
  await writeFile(path, IMAGE);
  return path;
}

const blob = (type = "") => new Blob([IMAGE], { type });

test.each<[string, () => UploadSource | Promise<UploadSource>, string]>([
  ["a local path", () => localFile("Cat.JPG"), "jpg"],
  ["a File", () => new File([IMAGE], "cat.webp", { type: "image/png" }), "webp"],
  ["a Blob, by its type", () => blob("image/jpeg"), "jpeg"],
  ["a Blob that says nothing", () => blob(), "png"],
  ["bytes", () => IMAGE, "png"],
  ["a buffer", () => IMAGE.slice().buffer, "png"],
  ["a stream", () => blob().stream(), "png"],
])("%s is uploaded", async (_what, source, extension) => {
  const { server, files } = setUp();
  const path = await files.uploadFile(await source());
  expect(path).toMatch(new RegExp(`^uploads/default/.*\\.${extension}$`));
  expect(server.uploads.get(path)).toEqual(IMAGE);
});

test("the caller may name the file", async () => {
  expect(await setUp().files.uploadFile(IMAGE, { fileName: "cat.gif" })).toMatch(/\.gif$/);
});

test("the token is not sent along with the bytes", async () => {
  const { server, files } = setUp();
  await files.uploadFile(blob("image/png"));
  const [asking, sending] = server.seen;
  expect(asking?.headers.get("authorization")).toBe(`Bearer ${TOKEN}`);
  expect(sending?.method).toBe("PUT");
  expect(sending?.headers.get("authorization")).toBe(null);
});

test("bytes that were cut, or turned away for now, are sent again to the same place, even those of a stream", async () => {
  let tries = 0;
  const { server, files } = setUp(async (put) => {
    tries++;
    if (tries === 1) throw new TypeError("fetch failed");
    return tries === 2 ? new Response(null, { status: 503 }) : put();
  });
  const path = await inNoTime(files.uploadFile(blob().stream()));
  expect(server.uploads.get(path)).toEqual(IMAGE);
  expect(server.seen.filter(({ path }) => path.endsWith("/upload-urls"))).toHaveLength(1);
});

test("progress goes from nothing to all, each try anew", async () => {
  let tries = 0;
  const { files } = setUp(async (put) => {
    const response = await put();
    if (tries++ === 0) throw new TypeError("fetch failed");
    return response;
  });
  const told: UploadProgress[] = [];
  const bytes = new Uint8Array(100_000);
  await inNoTime(files.uploadFile(bytes, { onProgress: (progress) => told.push(progress) }));
  expect(told.map(({ sentBytes }) => sentBytes)).toEqual([0, 65_536, 100_000, 0, 65_536, 100_000, 100_000]);
  expect(told[1]).toEqual({ sentBytes: 65_536, totalBytes: 100_000, fraction: 0.65536 });
});

test("what the server finds to be no image is not sent again", async () => {
  const { server, files } = setUp();
  const failure = files.uploadFile(new File(["<script>"], "cat.png"));
  await expect(failure).rejects.toThrow(ValidationError);
  await expect(failure).rejects.toMatchObject({ status: 422, message: "This is no image" });
  expect(server.seen.filter(({ method }) => method === "PUT")).toHaveLength(1);
});

test("an extension that is none of an image's is told before anything is sent", async () => {
  const { server, files } = setUp();
  await expect(files.uploadFile(new File([IMAGE], "cat.svg"))).rejects.toThrow(
    "'svg' is an invalid image extension. Possible extensions are 'png, ",
  );
  expect(server.seen.filter(({ method }) => method === "PUT")).toEqual([]);
});

test("a local path that cannot be read is one error, and nothing is asked for", async () => {
  const { server, files } = setUp();
  const failure = files.uploadFile("no-such.png");
  await expect(failure).rejects.toThrow(BluehourError);
  await expect(failure).rejects.toThrow(/^Cannot read the image: ENOENT: .*no-such\.png/);
  expect(server.seen).toEqual([]);
});

test("what is larger than 25 MiB is told at once: a file without reading it, a stream without ending it", async () => {
  const { server, files } = setUp();
  const path = await localFile("large.png");
  await truncate(path, 25 * 1024 * 1024 + 1);
  const endless = new ReadableStream<Uint8Array>({
    pull: (controller) => controller.enqueue(new Uint8Array(1024 * 1024)),
  });
  for (const source of [path, endless, new Uint8Array(25 * 1024 * 1024 + 1)]) {
    await expect(files.uploadFile(source)).rejects.toThrow("The file is larger than 25 MiB");
  }
  expect(server.seen).toEqual([]);
});

test("an abort ends it at once", async () => {
  const controller = new AbortController();
  const { files } = setUp(() => new Promise(() => {}));
  const uploading = files.uploadFile(blob(), {
    signal: controller.signal,
    onProgress: () => controller.abort(new Error("enough")),
  });
  await expect(uploading).rejects.toThrow(AbortError);
  await expect(uploading).rejects.toMatchObject({ cause: { message: "enough" } });
});

test("a server that never takes it is given up", async () => {
  const { files } = setUp(() => Promise.reject(new TypeError("fetch failed")));
  await expect(inNoTime(files.uploadFile(blob()))).rejects.toThrow(NetworkError);
});
