import { join } from "node:path";
import { AbortError, createClient, type Result } from "@bluehour/client";
import type { LocalWorker } from "../local-worker.ts";
import { UsageError } from "../terminal/command-error.ts";
import { userDirectory } from "../terminal/user-directory.ts";
import { obtainWorker, preferredPort } from "../worker/obtain-worker.ts";
import { WORKSPACE_ROOT } from "../worker/workspace-root.ts";
import { checkRemote } from "./check-remote.ts";
import { describeFailure } from "./describe-failure.ts";
import { formatJson, formatText } from "./format-result.ts";
import { GENERATE_HELP, type GenerateArguments, parseGenerateArguments } from "./generate-arguments.ts";
import { createProgress, type Progress } from "./progress.ts";

/**
 * `generate`: paints images and writes them to files. Progress goes to stderr, the result to stdout.
 *
 * @throws UsageError, CommandError, or the signal's reason when the job was stopped by it
 */
export async function generate(args: readonly string[], signal: AbortSignal): Promise<void> {
  const directory = userDirectory();
  const options = parseGenerateArguments(args, directory);
  if (!options) {
    process.stdout.write(GENERATE_HELP);
    return;
  }
  const progress = createProgress(process.stderr, () => performance.now());
  let output: string;
  try {
    const worker = await openWorker(options, progress, signal);
    try {
      signal.throwIfAborted();
      const result = await paint(options, worker, progress, signal);
      output = options.asJson ? formatJson(result) : formatText(result, worker.url, directory);
    } finally {
      await worker.stop();
    }
  } finally {
    progress.end();
  }
  process.stdout.write(output);
}

async function openWorker(
  { target, verbose }: GenerateArguments,
  progress: Progress,
  signal: AbortSignal,
): Promise<LocalWorker> {
  if (target.kind === "remote") {
    await checkRemote(target.url, signal);
    return { url: target.url, token: target.token, stop: async () => {} };
  }
  progress.note("starting the Worker");
  return obtainWorker({
    persistTo: target.persistTo ?? join(WORKSPACE_ROOT, ".bluehour"),
    port: await preferredPort(),
    vars: target.vars,
    onLog: ({ level, message }) => {
      if (verbose && (level === "error" || level === "warn")) process.stderr.write(`${message}\n`);
    },
    signal,
    onWait: () => progress.note("waiting for another generate to end"),
    onBusy: (worker) => {
      if (Object.keys(target.vars).length > 0) {
        throw new UsageError(`--var cannot change the Worker that dev runs at ${worker.url}; stop it first`);
      }
      progress.note(`using the Worker that dev runs at ${worker.url}`);
      return { ...worker, stop: async () => {} };
    },
  });
}

async function paint(
  { request, outputDirectory }: GenerateArguments,
  { url, token }: LocalWorker,
  progress: Progress,
  signal: AbortSignal,
): Promise<Result> {
  const { v1 } = createClient({ baseUrl: url, token });
  try {
    return await v1.aiImageGenerator.generate(request, {
      downloadDirectory: outputDirectory,
      onProgress: progress.update,
      signal,
    });
  } catch (error) {
    if (!(error instanceof AbortError)) throw describeFailure(error, url);
    progress.note("canceling the job");
    const canceled = await error.cancellation;
    progress.note(canceled ? "the job is canceled" : "the job could not be canceled");
    throw signal.reason;
  }
}
