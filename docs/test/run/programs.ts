import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { cp, mkdir, readdir, symlink, writeFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { promisify } from "node:util";
import { ROOT } from "../markdown/read-document.ts";
import type { Guide } from "./open-guide.ts";
import type { Unit } from "./units.ts";

const GIVEN = join(ROOT, "docs/test/given");

/** As an application's would be: strict, but not the strictest. */
const TSCONFIG = {
  compilerOptions: {
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    target: "es2024",
    module: "nodenext",
    lib: ["es2024", "dom", "dom.iterable", "dom.asynciterable"],
    types: ["node"],
    jsx: "react-jsx",
    allowImportingTsExtensions: true,
    verbatimModuleSyntax: true,
    moduleDetection: "force",
  },
};

/** The file that a unit is, or is a part of; undefined for one that is run where it stands. */
export function fileOf({ notes }: Pick<Unit, "notes">): string | undefined {
  return notes["file"] ?? notes["added to"];
}

/** Where a unit stands as a module: under the name that the document gives it, or one of its own. */
export function programPath(unit: Unit, guide: Guide): string {
  return join(guide.directory, fileOf(unit) ?? `line-${unit.line}.${unit.language}`);
}

/** Writes a unit as a module: an import of what it is given, then its code. @throws Error for what cannot be given */
export async function writeProgram(unit: Unit, guide: Guide): Promise<void> {
  const path = programPath(unit, guide);
  const known = new Set((await readdir(GIVEN)).map((file) => file.replace(/\.ts$/, "")));
  const names = unit.notes["given"]?.split(",").map((name) => name.trim()) ?? [];
  const imports = [...new Set(names)].map((name) => {
    const file = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    if (!known.has(file)) throw new Error(`${unit.document}:${unit.line}: nobody gives "${name}"`);
    return `import { ${name} } from ${JSON.stringify(relative(dirname(path), join(GIVEN, `${file}.ts`)))};\n`;
  });
  await copyPackage(unit, guide);
  await mkdir(dirname(path), { recursive: true });
  const text = imports.join("") + guide.localize(unit.code);
  await writeFile(path, `${text}\n`, { flag: unit.notes["added to"] ? "a" : "w" });
}

/** A file that is to stand in a package of this repository stands in a copy of it. */
async function copyPackage(unit: Unit, { directory }: Guide): Promise<void> {
  const [folder] = /^packages\/\w+/.exec(fileOf(unit) ?? "") ?? [];
  if (!folder || existsSync(join(directory, folder))) return;
  const original = join(ROOT, folder);
  await cp(join(ROOT, "tsconfig.base.json"), join(directory, "tsconfig.base.json"));
  await cp(original, join(directory, folder), {
    recursive: true,
    filter: (source) => !/[\\/](node_modules|dist)$/.test(source),
  });
  await symlink(join(original, "node_modules"), join(directory, folder, "node_modules"), "dir");
}

/** Compiles all programs below a directory at once. @returns the file → what the compiler says of it */
export async function checkTypes(directory: string): Promise<Map<string, string>> {
  await writeFile(join(directory, "tsconfig.json"), JSON.stringify(TSCONFIG));
  const tsc = join(ROOT, "node_modules/.bin/tsc");
  const { stdout } = await promisify(execFile)(tsc, ["-p", directory, "--pretty", "false"], {
    cwd: directory,
  }).catch(
    // It fails when it has something to say, which it says on stdout.
    (error: { stdout: string }) => error,
  );
  const said = new Map<string, string>();
  for (const line of stdout.split("\n")) {
    const [, file] = /^(\S[^(]*)\(\d+,\d+\): /.exec(line) ?? [];
    if (file) said.set(join(directory, file), `${said.get(join(directory, file)) ?? ""}${line}\n`);
    else if (/^error /.test(line)) throw new Error(line);
  }
  return said;
}
