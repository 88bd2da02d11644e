import { once } from "node:events";
import { join } from "node:path";
import { CommandError } from "../terminal/command-error.ts";
import { userDirectory } from "../terminal/user-directory.ts";
import { obtainWorker } from "../worker/obtain-worker.ts";
import { WORKSPACE_ROOT } from "../worker/workspace-root.ts";
import { DEV_HELP, parseDevArguments } from "./dev-arguments.ts";
import { runBuildStep } from "./run-build-step.ts";

/**
 * `dev`: runs the Worker until the signal aborts. The Worker's logs go to stderr.
 *
 * @throws UsageError, CommandError
 */
export async function dev(args: readonly string[], signal: AbortSignal): Promise<void> {
  const options = parseDevArguments(args, userDirectory());
  if (!options) {
    process.stdout.write(DEV_HELP);
    return;
  }
  const hasPlayground = await runBuildStep(signal);
  const worker = await obtainWorker({
    persistTo: options.persistTo ?? join(WORKSPACE_ROOT, ".bluehour"),
    port: options.port,
    vars: options.vars,
    startedBy: "dev",
    withAssets: hasPlayground,
    onLog: ({ message }) => process.stderr.write(`${message}\n`),
    signal,
    onWait: () => process.stderr.write("waiting for a generate to end\n"),
    onBusy: ({ url }) => {
      throw new CommandError(`a dev runs on this state already: ${url}`);
    },
  });
  try {
    process.stdout.write(welcome(worker.url, worker.token, hasPlayground));
    if (!signal.aborted) await once(signal, "abort");
  } finally {
    await worker.stop();
  }
}

function welcome(url: string, token: string, hasPlayground: boolean): string {
  const body = JSON.stringify({ image_count: 1, style: { prompt: "a lighthouse at dusk" } });
  const headers = [`Authorization: Bearer ${token}`, "Content-Type: application/json", "Prefer: wait=30"];
  const curl = [
    `curl ${url}/v1/ai-image-generator`,
    ...headers.map((header) => `-H "${header}"`),
    `-d '${body}'`,
  ];
  // Browsers send the fragment to no server; the page takes the token from it and clears it.
  const place = hasPlayground
    ? ["Playground", `${url}/#token=${encodeURIComponent(token)}`]
    : ["Worker", url];
  return `
${place[0]?.padEnd(12)}${place[1]}
${"Token".padEnd(12)}${token}

${curl.join(" ")}

`;
}
