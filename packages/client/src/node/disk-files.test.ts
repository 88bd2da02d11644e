import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { readdir, readFile, stat } from "node:fs/promises";
import type { ServerResponse } from "node:http";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Project } from "@bluehour/contract";
import { expect, test, vi } from "vitest";
import { downloadOf, projectOf } from "../../test/fake-project.ts";
import { imageServer } from "../../test/image-server.ts";
import { temporaryDirectory } from "../../test/temporary-directory.ts";
import { saveOutputs } from "../save-outputs.ts";
import { diskFiles } from "./disk-files.ts";

/** For the start of a process on a slow machine. */
const PATIENCE = { timeout: 30_000 };
const PROGRAM = join(import.meta.dirname, "../../test/saving-process.ts");
const CONTENT = new Uint8Array(200_000).map((_, index) => index % 251);
const HALF = CONTENT.subarray(0, 100_000);

/** A job with one image, from a server that answers so, and a place for it. */
async function setUp(answer: (response: ServerResponse) => void) {
  const url = await imageServer((_path, response) => answer(response));
  const project = { ...projectOf("job1"), downloads: [downloadOf(`${url}/images/a.png`, CONTENT)] };
  return { project, directory: await temporaryDirectory() };
}

const save = (project: Project, directory: string, { signal } = new AbortController()) =>
  saveOutputs(project, { files: diskFiles, fetch, customFetch: undefined }, signal, directory);

/** Sends half of the image, and then nothing. */
function sendHalf(response: ServerResponse) {
  response.writeHead(200, { "Content-Length": CONTENT.byteLength }).write(HALF);
}

/** The name of the unfinished file, as soon as all that was sent is in it. */
const halfWritten = (directory: string) =>
  vi.waitFor(async () => {
    const [name = "none"] = await readdir(directory);
    expect((await stat(join(directory, name))).size).toBe(HALF.byteLength);
    return name;
  }, PATIENCE);

test("an abort removes what was received", async () => {
  const { project, directory } = await setUp(sendHalf);
  const controller = new AbortController();
  const saving = save(project, directory, controller);
  await halfWritten(directory);
  controller.abort(new Error("enough"));
  await expect(saving).rejects.toThrow("enough");
  expect(await readdir(directory)).toEqual([]);
});

test("a disk that takes no more is told at once, and what it took is removed", PATIENCE, async () => {
  let requests = 0;
  const { project, directory } = await setUp((response) => {
    requests++;
    response.end(CONTENT);
  });
  // A full disk needs a disk of one's own; a limit for files, in KiB, ends a write in its middle just the same.
  const limited = ["-c", 'ulimit -f 100; exec "$@"', "bash", process.execPath, PROGRAM];
  const { stdout } = await promisify(execFile)("bash", [...limited, JSON.stringify(project), directory]);
  expect(stdout).toMatch(/^Saved 0 of 1 images: Cannot write the image: EFBIG/);
  expect(await readdir(directory)).toEqual([]);
  expect(requests).toBe(1);
});

test("what a killed process left is not in the way, and no part of the image", PATIENCE, async () => {
  const answers = [sendHalf, (response: ServerResponse) => response.end(CONTENT)];
  const { project, directory } = await setUp((response) => answers.shift()?.(response));
  const child = spawn(process.execPath, [PROGRAM, JSON.stringify(project), directory]);
  const exit = once(child, "exit");
  const left = await halfWritten(directory);
  child.kill("SIGKILL");
  await exit;

  const { downloaded_paths } = await save(project, directory);
  expect(downloaded_paths).toEqual([join(directory, "a.png")]);
  expect(new Uint8Array(await readFile(join(directory, "a.png")))).toEqual(CONTENT);
  expect((await readdir(directory)).sort()).toEqual([left, "a.png"]);
});
