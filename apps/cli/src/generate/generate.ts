import { AbortError, createClient, type Result } from "@bluehour/client";
import type { LocalWorker } from "../local-worker.ts";
import { userDirectory } from "../terminal/user-directory.ts";
import { preferredPort } from "../worker/obtain-worker.ts";
import { openWorker } from "../worker/open-worker.ts";
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
    const worker = await openWorker(options.target, {
      note: progress.note,
      port: await preferredPort(),
      onLog: ({ level, message }) => {
        if (options.verbose && (level === "error" || level === "warn")) process.stderr.write(`${message}\n`);
      },
      signal,
    });
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

async function paint(
  { job, outputDirectory }: GenerateArguments,
  { url, token }: LocalWorker,
  progress: Progress,
  signal: AbortSignal,
): Promise<Result> {
  const { v1 } = createClient({ baseUrl: url, token });
  try {
    const options = { downloadDirectory: outputDirectory, onProgress: progress.update, signal };
    if (job.kind === "paint") return await v1.aiImageGenerator.generate(job.request, options);
    return await v1.aiImageEditor.generate(job.request, options);
  } catch (error) {
    if (!(error instanceof AbortError)) throw describeFailure(error, url);
    progress.note("canceling the job");
    const canceled = await error.cancellation;
    progress.note(canceled ? "the job is canceled" : "the job could not be canceled");
    throw signal.reason;
  }
}
