import { glob } from "node:fs/promises";
import { ROOT } from "./read-document.ts";

const DOCUMENTS = [
  "README.md",
  "CONTRIBUTING.md",
  "SECURITY.md",
  "docs/**/*.md",
  "packages/client/README.md",
];

/** Dated decisions stay as they were written. */
const FROZEN = /^docs\/(decisions|node_modules|outputs)\//;

/** Every document that is kept up to date, from the root, with slashes. */
export async function listDocuments(): Promise<string[]> {
  const paths: string[] = [];
  for await (const path of glob(DOCUMENTS, {
    cwd: ROOT,
    exclude: (name) => /node_modules|outputs/.test(name),
  })) {
    paths.push(path.replaceAll("\\", "/"));
  }
  return paths.filter((path) => !FROZEN.test(path)).toSorted();
}
