import { readdir, readFile, writeFile } from "node:fs/promises";
import type { ServerResponse } from "node:http";
import { join } from "node:path";
import { beforeEach, expect, test, vi } from "vitest";
import { downloadOf, projectOf } from "../test/fake-project.ts";
import { imageServer } from "../test/image-server.ts";
import { rejection } from "../test/rejection.ts";
import { temporaryDirectory } from "../test/temporary-directory.ts";
import { DownloadError, NetworkError } from "./errors.ts";
import { diskFiles } from "./node/disk-files.ts";
import { saveOutputs } from "./save-outputs.ts";
import { sleep } from "./sleep.ts";

// Pauses take no time, and are kept. Time limits stay as they are.
vi.mock(import("./sleep.ts"), () => ({ sleep: vi.fn(async (_ms, signal) => signal.throwIfAborted()) }));

beforeEach(() => void vi.mocked(sleep).mockClear());

/** The pauses so far, in milliseconds. */
const pauses = () => vi.mocked(sleep).mock.calls.map(([ms]) => ms);

const CONTENT = new Uint8Array(200_000).map((_, index) => index % 251);

const platformWith = (fetch: typeof globalThis.fetch) => ({
  files: diskFiles,
  fetch,
  customFetch: undefined,
});

/** Downloads such files into a directory, from a server that answers so. */
async function download(
  names: string[],
  answer: (path: string, response: ServerResponse) => void,
  { directory = "" } = {},
) {
  const target = directory || (await temporaryDirectory());
  const url = await imageServer(answer);
  const downloads = names.map((name) => downloadOf(`${url}/images/${name}`, CONTENT));
  const { signal } = new AbortController();
  const saving = saveOutputs({ ...projectOf("job1"), downloads }, platformWith(fetch), signal, target);
  return { saving, target };
}

/** Sends half and hangs up. */
function cut(response: ServerResponse) {
  response.writeHead(200, { "Content-Length": CONTENT.byteLength });
  response.write(CONTENT.subarray(0, 100_000), () => response.destroy());
}

test("a download that is cut is tried again", async () => {
  let requests = 0;
  const { saving, target } = await download(["a.png"], (_path, response) => {
    if (++requests < 3) cut(response);
    else response.end(CONTENT);
  });
  expect(await saving).toEqual({ downloaded_paths: [join(target, "a.png")], files: [] });
  expect(new Uint8Array(await readFile(join(target, "a.png")))).toEqual(CONTENT);
  expect(pauses()).toHaveLength(2);
  expect(await readdir(target)).toEqual(["a.png"]);
});

/** Answers what was asked for, but hangs up when so many bytes have been read. */
function cutAt(bytes: number, headers: Headers): Response {
  const from = Number(/^bytes=(\d+)-$/.exec(headers.get("range") ?? "")?.[1] ?? 0);
  const pieces = [CONTENT.slice(from, from + bytes)];
  const body = new ReadableStream<Uint8Array<ArrayBuffer>>(
    {
      pull(controller) {
        const piece = pieces.pop();
        if (piece) controller.enqueue(piece);
        else if (from + bytes < CONTENT.byteLength) controller.error(new TypeError("terminated"));
        else controller.close();
      },
    },
    { highWaterMark: 0 },
  );
  return new Response(body, { status: from ? 206 : 200 });
}

/** Downloads one file through such a `fetch`. */
async function downloadBy(answer: (request: number, headers: Headers) => Response) {
  const directory = await temporaryDirectory();
  const ranges: (string | null)[] = [];
  const fetch: typeof globalThis.fetch = async (_, init) => {
    const headers = new Headers(init?.headers);
    return answer(ranges.push(headers.get("range")), headers);
  };
  const project = { ...projectOf("job1"), downloads: [downloadOf("http://images.test/a.png", CONTENT)] };
  const { signal } = new AbortController();
  const saved = await saveOutputs(project, platformWith(fetch), signal, directory);
  expect(new Uint8Array(await readFile(saved.downloaded_paths[0] ?? ""))).toEqual(CONTENT);
  expect(await readdir(directory)).toEqual(["a.png"]);
  return ranges;
}

test("a download that is cut again and again goes on where it was, and takes no byte twice", async () => {
  const ranges = await downloadBy((_, headers) => cutAt(20_000, headers));
  const starts = Array.from({ length: 9 }, (_, count) => `bytes=${(count + 1) * 20_000}-`);
  expect(ranges).toEqual([null, ...starts]);
});

test("a server that knows no ranges sends the whole again", async () => {
  const whole = new Headers();
  const ranges = await downloadBy((request) => cutAt(request < 3 ? 50_000 : CONTENT.byteLength, whole));
  expect(ranges).toEqual([null, "bytes=50000-", "bytes=50000-"]);
});

test("what follows a cut is checked like the rest, and fetched anew if it is wrong", async () => {
  const ranges = await downloadBy((request, headers) => {
    if (request === 1) return cutAt(50_000, headers);
    if (request === 2) return new Response(CONTENT.slice(0, 150_000), { status: 206 });
    return cutAt(CONTENT.byteLength, headers);
  });
  expect(ranges).toEqual([null, "bytes=50000-", null]);
});

test("an image that is in the directory already, whole, is not downloaded again", async () => {
  const directory = await temporaryDirectory();
  await writeFile(join(directory, "a.png"), CONTENT);
  await writeFile(join(directory, "b.png"), CONTENT.toReversed());
  const asked: string[] = [];
  const { saving } = await download(
    ["a.png", "b.png"],
    (path, response) => {
      asked.push(path);
      response.end(CONTENT);
    },
    { directory },
  );
  expect((await saving).downloaded_paths).toEqual([join(directory, "a.png"), join(directory, "b-1.png")]);
  expect(asked).toEqual(["/images/b.png"]);
});

test.each<[string, (response: ServerResponse) => void, RegExp]>([
  ["always cut", cut, /No usable answer/],
  ["too short", (response) => response.end(CONTENT.subarray(1)), /bad.png: received 199999 of 200000 bytes/],
  [
    "too long",
    (response) => response.end(Buffer.concat([CONTENT, CONTENT])),
    /bad.png: the content was damaged on the way/,
  ],
  [
    "damaged",
    (response) => response.end(CONTENT.toReversed()),
    /bad.png: the content was damaged on the way/,
  ],
])("a file that is %s leaves nothing behind, and its siblings are kept", async (_, answer, message) => {
  const names = ["a.png", "bad.png", "c.png"];
  const { saving, target } = await download(names, (path, response) => {
    if (path.includes("bad")) answer(response);
    else response.end(CONTENT);
  });
  const error = await rejection(saving, DownloadError);
  expect(error.message).toMatch(/^Saved 2 of 3 images: /);
  expect(error.message).toMatch(message);
  expect(error.cause).toBeInstanceOf(NetworkError);
  expect(error.saved.downloaded_paths).toEqual([join(target, "a.png"), join(target, "c.png")]);
  expect((await readdir(target)).sort()).toEqual(["a.png", "c.png"]);
  // Of what a cut connection carried, more or less may have arrived.
  expect(pauses().length).toBeGreaterThanOrEqual(7);
});

test("a file that is there already is never overwritten, nor is a sibling of the same name", async () => {
  const directory = await temporaryDirectory();
  await writeFile(join(directory, "a.png"), "mine");
  const { saving } = await download(["a.png", "a.png"], (_path, response) => response.end(CONTENT), {
    directory,
  });
  const { downloaded_paths } = await saving;
  expect(downloaded_paths.toSorted()).toEqual([join(directory, "a-1.png"), join(directory, "a-2.png")]);
  expect(await readFile(join(directory, "a.png"), "utf8")).toBe("mine");
});

test("names that would lead out of the directory stay in it", async () => {
  const names = ["..%2F..%2Fetc%2Fpasswd", "%2e%2e%5Ca.png", ".hidden"];
  const { saving, target } = await download(names, (_path, response) => response.end(CONTENT));
  const { downloaded_paths } = await saving;
  expect(downloaded_paths.map((path) => path.slice(target.length + 1))).toEqual([
    "_.._etc_passwd",
    "_a.png",
    "hidden",
  ]);
});

test("a disk that cannot be written to is not tried again", async () => {
  const file = join(await temporaryDirectory(), "file");
  await writeFile(file, "");
  const { saving } = await download(["a.png"], (_path, response) => response.end(CONTENT), {
    directory: join(file, "below"),
  });
  expect((await rejection(saving, DownloadError)).message).toMatch(/Cannot write the image: ENOTDIR/);
  expect(pauses()).toEqual([]);
});

test("an image that is gone is not tried again", async () => {
  const { saving } = await download(["a.png"], (_path, response) => {
    response.writeHead(404).end();
  });
  expect((await rejection(saving, DownloadError)).message).toMatch(/404 Not Found/);
  expect(pauses()).toEqual([]);
});
