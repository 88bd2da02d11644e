import { readdir, readFile, writeFile } from "node:fs/promises";
import type { ServerResponse } from "node:http";
import { join } from "node:path";
import { expect, test } from "vitest";
import { downloadOf, projectOf } from "../test/fake-bluehour.ts";
import { hurriedPlatform } from "../test/hurried-platform.ts";
import { imageServer } from "../test/image-server.ts";
import { rejection } from "../test/rejection.ts";
import { temporaryDirectory } from "../test/temporary-directory.ts";
import { DownloadError, NetworkError } from "./errors.ts";
import { saveOutputs } from "./save-outputs.ts";

const CONTENT = new Uint8Array(200_000).map((_, index) => index % 251);

/** Downloads such files into a directory, from a server that answers so. */
async function download(
  names: string[],
  answer: (path: string, response: ServerResponse) => void,
  { directory = "", signal = new AbortController().signal } = {},
) {
  const target = directory || (await temporaryDirectory());
  const url = await imageServer(answer);
  const downloads = names.map((name) => downloadOf(`${url}/images/${name}`, CONTENT));
  const platform = hurriedPlatform();
  const saving = saveOutputs({ ...projectOf("job1"), downloads }, { platform, signal, directory: target });
  return { saving, target, platform };
}

/** Sends half and hangs up. */
function cut(response: ServerResponse) {
  response.writeHead(200, { "Content-Length": CONTENT.byteLength });
  response.write(CONTENT.subarray(0, 100_000), () => response.destroy());
}

test("a download that is cut is tried again", async () => {
  let requests = 0;
  const { saving, target, platform } = await download(["a.png"], (_path, response) => {
    if (++requests < 3) cut(response);
    else response.end(CONTENT);
  });
  expect(await saving).toEqual({ downloaded_paths: [join(target, "a.png")], files: [] });
  expect(new Uint8Array(await readFile(join(target, "a.png")))).toEqual(CONTENT);
  expect(platform.pauses).toHaveLength(2);
  expect(await readdir(target)).toEqual(["a.png"]);
});

test.each<[string, (response: ServerResponse) => void, RegExp]>([
  ["always cut", cut, /No usable answer/],
  ["too short", (response) => response.end(CONTENT.subarray(1)), /bad.png: received 199999 of 200000 bytes/],
  [
    "too long",
    (response) => response.end(Buffer.concat([CONTENT, CONTENT])),
    /bad.png: received more than the 200000 bytes/,
  ],
  [
    "damaged",
    (response) => response.end(CONTENT.toReversed()),
    /bad.png: the content was damaged on the way/,
  ],
])("a file that is %s leaves nothing behind, and its siblings are kept", async (_, answer, message) => {
  const names = ["a.png", "bad.png", "c.png"];
  const { saving, target, platform } = await download(names, (path, response) => {
    if (path.includes("bad")) answer(response);
    else response.end(CONTENT);
  });
  const error = await rejection(saving, DownloadError);
  expect(error.message).toMatch(/^Saved 2 of 3 images: /);
  expect(error.message).toMatch(message);
  expect(error.cause).toBeInstanceOf(NetworkError);
  expect(error.saved.downloaded_paths).toEqual([join(target, "a.png"), join(target, "c.png")]);
  expect((await readdir(target)).sort()).toEqual(["a.png", "c.png"]);
  expect(platform.pauses).toHaveLength(3);
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
  const { saving, platform } = await download(["a.png"], (_path, response) => response.end(CONTENT), {
    directory: join(file, "below"),
  });
  expect((await rejection(saving, DownloadError)).message).toMatch(/Cannot write the image: ENOTDIR/);
  expect(platform.pauses).toEqual([]);
});

test("an image that is gone is not tried again", async () => {
  const { saving, platform } = await download(["a.png"], (_path, response) => {
    response.writeHead(404).end();
  });
  expect((await rejection(saving, DownloadError)).message).toMatch(/404 Not Found/);
  expect(platform.pauses).toEqual([]);
});

test("an abort in the middle removes what was received", async () => {
  const controller = new AbortController();
  const { saving, target } = await download(
    ["a.png"],
    (_path, response) => {
      response.writeHead(200, { "Content-Length": CONTENT.byteLength });
      response.write(CONTENT.subarray(0, 100_000), () => controller.abort(new Error("enough")));
    },
    { signal: controller.signal },
  );
  await expect(saving).rejects.toThrow("enough");
  expect(await readdir(target)).toEqual([]);
});
