import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { runCommand } from "../terminal/run-command.ts";
import { userDirectory } from "../terminal/user-directory.ts";
import { readDevVars } from "../worker/dev-vars.ts";
import { preferredPort } from "../worker/obtain-worker.ts";
import { openWorker } from "../worker/open-worker.ts";
import { WORKSPACE_ROOT } from "../worker/workspace-root.ts";
import { EXAMPLE_HELP, type ExampleArguments, parseExampleArguments } from "./example-arguments.ts";
import { packClient } from "./pack-client.ts";

const EXAMPLES = join(WORKSPACE_ROOT, "examples");

/**
 * `example`: installs an example and runs it beside the Worker that it uses, until it ends or the signal aborts. Which
 * Worker that is, is all an example is told: `BLUEHOUR_URL` and `BLUEHOUR_TOKEN`.
 *
 * @throws UsageError, CommandError
 */
export async function example(args: readonly string[], signal: AbortSignal): Promise<void> {
  const options = parseExampleArguments(args, userDirectory());
  if (!options) {
    process.stdout.write(EXAMPLE_HELP);
    return;
  }
  note("packing the client");
  await packClient(join(EXAMPLES, ".packages"), signal);
  note("installing the example");
  // The others' dependencies are left alone: Next.js alone is 80 MB to download.
  const install = ["install", "--frozen-lockfile", "--silent", "--filter", `./${options.name}`];
  await runCommand("pnpm", install, { directory: EXAMPLES, stdout: 2, signal });
  if (options.name === "worker") await runBeside(options, signal);
  else await runWithWorker(options, signal);
}

async function runWithWorker({ name, port, target }: ExampleArguments, signal: AbortSignal): Promise<void> {
  const worker = await openWorker(target, {
    note,
    port: await preferredPort(),
    // Lent to others, as that of `dev`.
    startedBy: "dev",
    onLog: ({ level, message }) => {
      if (level === "error") process.stderr.write(`${message}\n`);
    },
    signal,
  });
  try {
    const env = { BLUEHOUR_URL: worker.url, BLUEHOUR_TOKEN: worker.token, ...(port && { PORT: `${port}` }) };
    await runCommand("pnpm", ["start"], { directory: join(EXAMPLES, name), env, signal });
  } finally {
    await worker.stop();
  }
}

/** A Worker that is bound to another has to run in the same process: wrangler runs both. */
async function runBeside({ name, port, target }: ExampleArguments, signal: AbortSignal): Promise<void> {
  const directory = join(EXAMPLES, name);
  const { ADMIN_TOKEN } = await readDevVars(join(WORKSPACE_ROOT, ".dev.vars"));
  await writeFile(join(directory, ".dev.vars"), `BLUEHOUR_TOKEN=${ADMIN_TOKEN}\n`, { mode: 0o600 });
  const flags = [
    ...(port === undefined ? [] : ["--port", `${port}`]),
    ...(target.kind === "local" && target.persistTo ? ["--persist-to", target.persistTo] : []),
  ];
  await runCommand("pnpm", ["start", ...flags], { directory, signal });
}

function note(text: string): void {
  process.stderr.write(`${text}\n`);
}
