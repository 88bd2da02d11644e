// `npx`, as the documents' blocks call it: this checkout's pnpm instead of one from the network.
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
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
  const name = command === "run" || command === "--filter" ? script : command;
  const at =
    command === "--filter"
      ? { folder: script.replace("@bluehour/", "apps/"), name: rest[1] }
      : { folder: "", name };
  const { scripts } = JSON.parse(readFileSync(join(ROOT, at.folder, "package.json"), "utf8"));
  if (!scripts[at.name ?? ""]) throw new Error(`package.json has no script "${at.name}"`);
  console.log(`exists: ${scripts[at.name ?? ""]}`);
}

const [first = "", ...rest] = process.argv.slice(2);
if (first === "-y" && rest[0] === "pnpm@12") await pnpm(rest.slice(1));
else await run(join(import.meta.dirname, "../../node_modules/.bin", first), rest);
