import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { clientApi } from "./client-api.ts";
import { endpoints, objects } from "./endpoints.ts";
import { apiErrorTable, jobErrorTable } from "./error-tables.ts";
import { modelTable, providerTable } from "./model-tables.ts";
import { settingsTable } from "./settings-table.ts";

const ROOT = join(import.meta.dirname, "../..");

/** What can stand between `<!-- generated: NAME -->` and `<!-- end of generated -->`. */
const SECTIONS: Readonly<Record<string, () => string | Promise<string>>> = {
  settings: settingsTable,
  "api-errors": apiErrorTable,
  "job-errors": jobErrorTable,
  endpoints,
  objects,
  models: modelTable,
  providers: providerTable,
  "client-api": clientApi,
};

/** Documents with generated sections, from the root. */
const DOCUMENTS = [
  "docs/settings.md",
  "docs/reference/errors.md",
  "docs/reference/http.md",
  "docs/reference/client.md",
  "docs/guides/models.md",
  "docs/providers/README.md",
];

export interface GeneratedDocument {
  /** From the root. */
  readonly path: string;
  /** As it stands in the checkout. */
  readonly before: string;
  /** As the sources say it. */
  readonly after: string;
}

/** Makes the generated sections of the documents anew. @throws Error for a section that nobody writes */
export async function generateDocuments(): Promise<GeneratedDocument[]> {
  const written = new Map(
    await Promise.all(Object.entries(SECTIONS).map(async ([name, write]) => [name, await write()] as const)),
  );
  return Promise.all(
    DOCUMENTS.map(async (path) => {
      const before = await readFile(join(ROOT, path), "utf8");
      const after = before.replaceAll(
        /(<!-- generated: ([\w-]+) -->\n)[\s\S]*?(<!-- end of generated -->)/g,
        (_, begin: string, name: string, end: string) => {
          const text = written.get(name);
          if (text === undefined) throw new Error(`${path}: nobody writes "${name}"`);
          return `${begin}\n${text}\n\n${end}`;
        },
      );
      if (!before.includes("<!-- generated: ")) throw new Error(`${path} has no generated section`);
      return { path, before, after: await formatted(path, after) };
    }),
  );
}

/** As `pnpm run check` wants it. */
async function formatted(path: string, text: string): Promise<string> {
  const biome = join(ROOT, "node_modules/.bin/biome");
  const running = promisify(execFile)(biome, ["format", `--stdin-file-path=${path}`], {
    cwd: ROOT,
    maxBuffer: 16 * 1024 * 1024,
  });
  running.child.stdin?.end(text);
  return (await running).stdout;
}
