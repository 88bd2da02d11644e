// `npx`, as the documents' blocks call it: this checkout's pnpm instead of one from the network.
import { existsSync, mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { checkWrangler } from "./check-wrangler.ts";
import { run, runUntil } from "./run.ts";

const ROOT = join(import.meta.dirname, "../../..");

/** As `apps/cli` takes them from the environment: a Worker with these is another one than the shared. */
const PROVIDER_VARIABLE = /^[A-Z_]+_(?:API_KEY|BASE_URL)$/;

/** Settings of a Worker that a block starts for itself. */
const OWN_VARS = { ADMIN_TOKEN: "own-token", SIGNING_SECRET: "own-secret", SKETCH_RENDER_MS: "50" };

function ownState(): string[] {
  const vars = Object.entries(OWN_VARS).flatMap(([name, value]) => ["--var", `${name}:${value}`]);
  return ["--persist-to", mkdtempSync(join(tmpdir(), "bluehour-docs-")), ...vars];
}

function sharedState(): string[] {
  return ["--persist-to", process.env["BLUEHOUR_STATE"] ?? ""];
}

/** The scripts that take seconds run; of those that take minutes, and are CI's or a maintainer's, only the name counts. */
async function pnpm([command = "", script = "", ...rest]: readonly string[]): Promise<void> {
  if (command === "exec" && script === "wrangler") return checkWrangler(rest, ROOT);
  if (command === "run" && script === "generate") {
    const isOwn = Object.keys(process.env).some((name) => PROVIDER_VARIABLE.test(name));
    const state = rest.includes("--url") ? [] : isOwn ? ownState() : sharedState();
    return run("pnpm", ["--silent", "-w", "run", script, ...rest, ...state]);
  }
  if (command === "run" && script === "doctor")
    return run("pnpm", ["--silent", "-w", "run", script, ...rest]);
  if (command === "run" && script === "dev") {
    return runUntil(/^curl .*'$/m, "pnpm", [
      "--silent",
      "-w",
      "run",
      script,
      ...rest,
      "--port",
      "0",
      ...ownState(),
    ]);
  }
  if (command === "run" && script === "webhooks") {
    return runUntil(/^Forward to .*$/m, "pnpm", ["--silent", "-w", "run", script, ...rest, ...sharedState()]);
  }
  if (command === "-r" && rest.includes("pack")) {
    // pnpm goes by the nearest package, which for readers is the root of their checkout.
    const destination = resolve(rest.at(-1) ?? "");
    return run("pnpm", ["--silent", command, script, ...rest.slice(0, -1), destination]);
  }
  if (command === "--filter" && rest[0] === "exec") {
    // In the package as the document has it: a copy, with what the document adds.
    process.chdir(join("packages", nameOf(script)));
    return run(join(ROOT, "docs/node_modules/.bin", rest[1] ?? ""), rest.slice(2));
  }
  const folder = command === "--filter" ? folderOf(nameOf(script)) : ROOT;
  const name = command === "--filter" ? rest[1] : command === "run" ? script : command;
  const { scripts } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  if (!scripts[name ?? ""]) throw new Error(`package.json has no script "${name}"`);
  console.log(`exists: ${scripts[name ?? ""]}`);
}

const nameOf = (filter: string) => filter.replace("@bluehour/", "");

function folderOf(name: string): string {
  const folder = ["packages", "apps", "."].map((place) => join(ROOT, place, name)).find(existsSync);
  if (!folder) throw new Error(`there is no package "@bluehour/${name}"`);
  return folder;
}

const [first = "", ...rest] = process.argv.slice(2);
if (first === "-y" && rest[0] === "pnpm@12") await pnpm(rest.slice(1));
else await run(join(import.meta.dirname, "../../node_modules/.bin", first), rest);
