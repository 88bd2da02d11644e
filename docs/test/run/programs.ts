import { execFile } from "node:child_process";
import { mkdir, readdir, writeFile } from "node:fs/promises";
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

/** Where a unit stands as a module: under the name that the document gives it, or one of its own. */
export function programPath(unit: Unit, guide: Guide): string {
  return join(guide.directory, unit.notes["file"] ?? `line-${unit.line}.${unit.language}`);
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
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, imports.join("") + guide.localize(unit.code));
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
