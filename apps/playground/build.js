// Builds the page into dist/, unless nothing that it is made of has changed. JavaScript, and quick when there is nothing
// to do: it is the [build] step of wrangler.toml, which runs in whatever Node the operator has.
import { createHash } from "node:crypto";
import { cp, mkdir, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";

const PAGE = fileURLToPath(new URL(".", import.meta.url));
const ROOT = join(PAGE, "../..");
const DIST = join(PAGE, "dist");
const CACHE = join(PAGE, "node_modules/.cache");
const SEAL = join(CACHE, "inputs-of-dist");

/** What the page is made of. */
const INPUTS = [
  ...["build.js", "index.html", "vite.config.ts", "package.json", "public", "src"].map((name) =>
    join(PAGE, name),
  ),
  ...["packages/client/src", "packages/contract/src", "pnpm-lock.yaml"].map((name) => join(ROOT, name)),
];

/** @param {string} path @returns {Promise<string[]>} */
async function filesIn(path) {
  if (!(await stat(path)).isDirectory()) return [path];
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

async function hashOfInputs() {
  const hash = createHash("sha256");
  const files = (await Promise.all(INPUTS.map(filesIn))).flat().sort();
  for (const file of files) hash.update(`${relative(ROOT, file)}\0`).update(await readFile(file));
  return hash.digest("hex");
}

/** @param {string} path */
const textOf = (path) => readFile(path, "utf8").catch(() => null);

const hash = await hashOfInputs();
if ((await textOf(SEAL)) !== hash || (await textOf(join(DIST, "index.html"))) === null) {
  // Whatever runs this: tests and shells have other values, with which React comes for development.
  process.env["NODE_ENV"] = "production";
  const { build } = await import("vite");
  // Aside, and copied when complete: a Worker may be serving dist/, and another build may be running.
  const outDir = join(CACHE, `dist-${process.pid}`);
  await build({ root: PAGE, logLevel: "warn", build: { outDir, emptyOutDir: true } });
  await mkdir(DIST, { recursive: true });
  await cp(outDir, DIST, { recursive: true });
  const made = new Set((await filesIn(outDir)).map((file) => relative(outDir, file)));
  for (const file of await filesIn(DIST)) if (!made.has(relative(DIST, file))) await rm(file);
  await rm(outDir, { recursive: true });
  await writeFile(SEAL, hash);
}
