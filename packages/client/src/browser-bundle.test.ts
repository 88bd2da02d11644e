import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { expect, test } from "vitest";
import { BASE_URL, fakeBluehour, TOKEN } from "../test/fake-bluehour.ts";
import { IMAGE } from "../test/fake-project.ts";
import type { createClient } from "./node/create-client.ts";

/** What `createClient` may weigh in a page, minified and gzipped, in bytes. */
const BUDGET = 6600;

/** The client as a page would carry it. */
async function bundle() {
  const { outputFiles, metafile } = await build({
    stdin: {
      contents: 'export { createClient } from "./web/index.ts"',
      resolveDir: import.meta.dirname,
    },
    bundle: true,
    minify: true,
    format: "esm",
    platform: "browser",
    metafile: true,
    write: false,
    outfile: "client.js",
  });
  const [file] = outputFiles;
  if (!file) throw new Error("esbuild wrote nothing");
  const inputs = Object.values(metafile.outputs).flatMap(({ inputs }) =>
    Object.entries(inputs).flatMap(([path, { bytesInOutput }]) => (bytesInOutput > 0 ? [path] : [])),
  );
  return { code: file.text, inputs };
}

test("a page gets no schema, nothing of Node, and little code", async () => {
  const { code, inputs } = await bundle();
  expect(inputs.filter((path) => /zod|\/node\/|^node:/.test(path))).toEqual([]);
  expect(gzipSync(code, { level: 9 }).byteLength).toBeLessThan(BUDGET);
});

test("in a page the images are files, checked", async () => {
  const { code } = await bundle();
  const module: { createClient: typeof createClient } = await import(
    `data:text/javascript;base64,${Buffer.from(code).toString("base64")}`
  );
  const server = fakeBluehour();
  const { v1 } = module.createClient({ baseUrl: BASE_URL, token: TOKEN, fetch: server.fetch });
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
