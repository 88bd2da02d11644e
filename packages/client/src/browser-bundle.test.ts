import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { expect, test } from "vitest";
import { BASE_URL, fakeBluehour, TOKEN } from "../test/fake-bluehour.ts";
import { IMAGE } from "../test/fake-project.ts";
import { temporaryDirectory } from "../test/temporary-directory.ts";
import type { createClient } from "./node/create-client.ts";

/** What a page that generates images may load of the client, minified and gzipped, in bytes. */
const BUDGET = 5700;

/** The client as a page would carry it: in one file, or split into those that it loads at different times. */
async function bundle(splitting: boolean) {
  const directory = await temporaryDirectory();
  const { outputFiles, metafile } = await build({
    stdin: {
      contents: 'export { createClient } from "./web/index.ts"',
      resolveDir: import.meta.dirname,
      sourcefile: "client.ts",
    },
    bundle: true,
    splitting,
    minify: true,
    format: "esm",
    platform: "browser",
    metafile: true,
    write: false,
    outdir: directory,
    entryNames: "client",
    outExtension: { ".js": ".mjs" },
  });
  for (const { path, contents } of outputFiles) await writeFile(path, contents);
  const { createClient: create }: { createClient: typeof createClient } = await import(
    pathToFileURL(join(directory, "client.mjs")).href
  );
  const server = fakeBluehour();
  const { v1 } = create({ baseUrl: BASE_URL, token: TOKEN, fetch: server.fetch });
  return { files: outputFiles, outputs: Object.values(metafile.outputs), server, v1 };
}

test("a page gets no schema, nothing of Node, and little code", async () => {
  const { files, outputs } = await bundle(true);
  const inputs = outputs.flatMap(({ inputs }) =>
    Object.entries(inputs).flatMap(([path, { bytesInOutput }]) => (bytesInOutput > 0 ? [path] : [])),
  );
  expect(inputs.filter((path) => /zod|\/node\/|^node:/.test(path))).toEqual([]);
  // All that is loaded before the first upload is one file, so that weighing it is honest.
  expect(outputs.flatMap(({ imports }) => imports.map(({ kind }) => kind))).toEqual(["dynamic-import"]);
  const first = files.find(({ path }) => path.endsWith("client.mjs"));
  expect(gzipSync(first?.contents ?? "", { level: 9 }).byteLength).toBeLessThan(BUDGET);
});

test.each([true, false])("in a page the images are files, checked (split: %s)", async (splitting) => {
  const { server, v1 } = await bundle(splitting);
  const { id } = await v1.aiImageGenerator.create({ image_count: 1, style: { prompt: "p" } });
  const project = server.complete(id, 2);
  const result = await v1.imageProjects.checkResult({ id });
  expect(result.downloaded_paths).toEqual([]);
  expect(result.files.map(({ name, type, size }) => [name, type, size])).toEqual([
    ["job1-0.png", "image/png", IMAGE.byteLength],
    ["job1-1.png", "image/png", IMAGE.byteLength],
  ]);

  const [first] = project.downloads;
  if (!first) throw new Error("no download");
  server.update(id, { downloads: [{ ...first, url: first.url.replace("/images/", "/v1/") }] });
  await expect(v1.imageProjects.checkResult({ id })).rejects.toMatchObject({
    name: "DownloadError",
    jobId: id,
    message: "Saved 0 of 1 images: Unauthorized",
  });
});

test.each([true, false])("uploads are as they are elsewhere (split: %s)", async (splitting) => {
  const { server, v1 } = await bundle(splitting);
  const path = await v1.files.uploadFile(new Blob([IMAGE]));
  expect(server.uploads.get(path)).toEqual(IMAGE);
});

/** The pauses between five tries are real: a faked clock would run past the time limit of a load that is not. */
const FIVE_TRIES_MS = 20_000;

test(
  "a page that cannot load the code of uploads creates no job, and says what it lacks",
  async () => {
    const { files, server, v1 } = await bundle(true);
    for (const { path } of files) if (!path.endsWith("client.mjs")) await rm(path);
    const request = { style: { prompt: "p" }, assets: { image_file_paths: [new Blob([IMAGE])] } };
    await expect(v1.aiImageEditor.generate(request)).rejects.toMatchObject({
      name: "NetworkError",
      message: expect.stringMatching(/^No usable answer: .*page-upload/),
    });
    expect(server.seen).toEqual([]);

    const { id } = await v1.aiImageGenerator.create({ image_count: 1, style: { prompt: "p" } });
    server.complete(id);
    expect((await v1.imageProjects.checkResult({ id })).files).toHaveLength(1);
  },
  FIVE_TRIES_MS,
);
