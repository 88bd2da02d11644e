// Runs the sections that are named, or all, prints them, and writes them into docs/benchmarks.md.
import { readFile, writeFile } from "node:fs/promises";
import { cpus } from "node:os";
import { fileURLToPath } from "node:url";
import { replaceSection } from "./replace-section.ts";
import type { Section } from "./section.ts";
import { cost } from "./sections/cost.ts";
import { growth } from "./sections/growth.ts";
import { lag } from "./sections/lag.ts";
import { memory } from "./sections/memory.ts";
import { throughput } from "./sections/throughput.ts";

const SECTIONS: readonly Section[] = [throughput, lag, growth, memory, cost];

const DOCUMENT = fileURLToPath(new URL("../../docs/benchmarks.md", import.meta.url));

const names = process.argv.slice(2);
const unknown = names.filter((name) => !SECTIONS.some((section) => section.name === name));
if (unknown.length > 0) {
  console.error(
    `No such section: ${unknown.join(", ")}. There are: ${SECTIONS.map(({ name }) => name).join(", ")}`,
  );
  process.exit(1);
}
const [{ model = "" } = {}] = cpus();
const machine = `${cpus().length} × ${model.trim()}, Node ${process.versions.node}`;
for (const { name, run } of SECTIONS) {
  if (names.length > 0 && !names.includes(name)) continue;
  const text = `${await run()}\n\n${new Date().toISOString().slice(0, 10)}, ${machine}.`;
  console.log(`\n## ${name}\n\n${text}`);
  await writeFile(DOCUMENT, replaceSection(await readFile(DOCUMENT, "utf8"), name, text));
}
