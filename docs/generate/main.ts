// Writes the generated sections of the documents: `pnpm run docs`.
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { generateDocuments } from "./documents.ts";

for (const { path, before, after } of await generateDocuments()) {
  if (before === after) continue;
  await writeFile(join(import.meta.dirname, "../..", path), after);
  console.log(`written: ${path}`);
}
