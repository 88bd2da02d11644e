// Packs what is published, the client and the contract, and checks the tarballs: what publint and are-the-types-wrong
// say, that the client runs without its types' dependencies, and what its types cost whoever uses it.
import { execFileSync } from "node:child_process";
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** What `tsc --extendedDiagnostics` may count for a file that uses so much of the client. */
const INSTANTIATIONS_BUDGETS = {
  "consumer.ts": 10_000,
  /** Nearly all of it is `AppType`, and grows with every route. */
  "rpc-consumer.ts": 400_000,
};

const CLIENT = fileURLToPath(new URL("..", import.meta.url));
const CONTRACT = join(CLIENT, "../contract");

const CONSUMER_TSCONFIG = {
  compilerOptions: {
    strict: true,
    // The types of hono and zod are theirs to check; what they cost our consumers is counted all the same.
    skipLibCheck: true,
    module: "nodenext",
    target: "es2024",
    lib: ["es2024", "dom", "dom.iterable", "dom.asynciterable"],
    types: [],
    noEmit: true,
  },
};

function run(command: string, args: readonly string[], cwd: string): string {
  try {
    return execFileSync(command, args, { cwd, encoding: "utf8" });
  } catch (error) {
    // What a tool complains about stands on its standard output.
    if (error instanceof Error && "stdout" in error) process.stderr.write(`${error.stdout}`);
    throw new Error(`${command} ${args.join(" ")} failed`, { cause: error });
  }
}

/** Packs a package, and unpacks it where a consumer has it. @returns the tarball's path */
async function install(source: string, name: string, consumer: string): Promise<string> {
  const packed = join(consumer, `packed-${name}`);
  run("pnpm", ["pack", "--pack-destination", packed], source);
  const [file = ""] = await readdir(packed);
  const target = join(consumer, "node_modules/@bluehour", name);
  await mkdir(target, { recursive: true });
  run("tar", ["-xzf", join(packed, file), "-C", target, "--strip-components", "1"], consumer);
  return join(packed, file);
}

/** Checks that an app which has a library itself gets by with its own copy, whose types are the same. */
async function checkRanges(name: string, consumer: string): Promise<void> {
  const text = await readFile(join(consumer, "node_modules/@bluehour", name, "package.json"), "utf8");
  const { dependencies } = JSON.parse(text) as { dependencies: Record<string, string> };
  const pinned = Object.entries(dependencies).filter(
    ([library, range]) => !library.startsWith("@bluehour/") && !range.startsWith("^"),
  );
  if (pinned.length > 0) throw new Error(`${name} pins ${pinned.map((pair) => pair.join("@")).join(", ")}`);
}

/** Links what the published types refer to. */
async function linkTypes(consumer: string): Promise<void> {
  await mkdir(join(consumer, "node_modules/@hono"));
  for (const name of ["hono", "zod", "@hono/zod-validator"]) {
    await symlink(join(CONTRACT, "node_modules", name), join(consumer, "node_modules", name));
  }
}

/** Compiles each consumer against the packed types, and counts. */
async function checkInstantiations(consumer: string): Promise<void> {
  for (const [file, budget] of Object.entries(INSTANTIATIONS_BUDGETS)) {
    await writeFile(
      join(consumer, "tsconfig.json"),
      JSON.stringify({ ...CONSUMER_TSCONFIG, include: [file] }),
    );
    const diagnostics = run("tsc", ["-p", consumer, "--extendedDiagnostics"], CLIENT);
    const count = Number(/^Instantiations:\s+(\d+)$/m.exec(diagnostics)?.[1]);
    console.log(`types: ${file} costs ${count} instantiations, of ${budget}`);
    if (!(count <= budget)) throw new Error("The client's types cost too much");
  }
}

const consumer = await mkdtemp(join(tmpdir(), "bluehour-package-"));
try {
  run("tsc", ["-b", "tsconfig.build.json"], CLIENT);
  const tarball = await install(CLIENT, "client", consumer);
  const contractTarball = await install(CONTRACT, "contract", consumer);
  for (const name of ["client", "contract"]) await checkRanges(name, consumer);
  for (const packed of [tarball, contractTarball]) {
    console.log(run("publint", ["run", packed, "--strict"], CLIENT).trim());
  }
  console.log(run("attw", [tarball, "--profile", "esm-only"], CLIENT).trim());

  await writeFile(join(consumer, "package.json"), '{ "type": "module" }');
  for (const file of ["run.js", ...Object.keys(INSTANTIATIONS_BUDGETS)]) {
    await cp(join(CLIENT, "test/consumer", file), join(consumer, file));
  }
  console.log(run(process.execPath, ["run.js"], consumer).trim());
  await linkTypes(consumer);
  await checkInstantiations(consumer);
} finally {
  await rm(consumer, { recursive: true });
}
