import { once } from "node:events";
import { type BluehourClient, createClient } from "@bluehour/client";
import { verifyWebhook } from "@bluehour/client/webhooks";
import { describeFailure } from "../generate/describe-failure.ts";
import type { LocalWorker } from "../local-worker.ts";
import { userDirectory } from "../terminal/user-directory.ts";
import { preferredPort } from "../worker/obtain-worker.ts";
import { openWorker } from "../worker/open-worker.ts";
import { forward } from "./forward.ts";
import { LISTEN_HELP, type ListenArguments, parseListenArguments } from "./listen-arguments.ts";
import { isLeftBehind, type ReceivedDelivery, startReceiver } from "./receiver.ts";

type Webhooks = BluehourClient["v1"]["webhooks"];

/** How long taking the endpoint away may take, in milliseconds: the Worker may have ended before us. */
const REMOVAL_LIMIT_MS = 3_000;

/**
 * `webhooks listen`: prints the events of the local Worker's jobs, and forwards them, until the signal aborts. It is a
 * receiver as any other: what it forwards has gone the way that it goes in production.
 *
 * @throws UsageError, CommandError
 */
export async function listen(args: readonly string[], signal: AbortSignal): Promise<void> {
  const options = parseListenArguments(args, userDirectory());
  if (!options) {
    process.stdout.write(LISTEN_HELP);
    return;
  }
  const { forwardTo, target } = options;
  const worker = await openWorker(target, {
    note: (text) => process.stderr.write(`${text}\n`),
    port: await preferredPort(),
    // Lent to others, as that of `dev`: they make the jobs.
    startedBy: "dev",
    signal,
  });
  try {
    const { webhooks } = createClient({ baseUrl: worker.url, token: worker.token }).v1;
    await receive(webhooks, forwardTo, signal, (secret) => welcome({ worker, secret, options }));
  } catch (error) {
    signal.throwIfAborted();
    throw describeFailure(error, worker.url);
  } finally {
    await worker.stop();
  }
}

/** Registers a receiver for as long as the signal does not abort. @param onReady - told its secret */
async function receive(
  webhooks: Webhooks,
  forwardTo: URL | undefined,
  signal: AbortSignal,
  onReady: (secret: string) => void,
): Promise<void> {
  const secret = Promise.withResolvers<string>();
  const receiver = await startReceiver(async (delivery) => take(delivery, await secret.promise, forwardTo));
  try {
    for (const { id, url } of (await webhooks.list({ signal })).items) {
      if (await isLeftBehind(url)) await webhooks.delete({ id });
    }
    const webhook = await webhooks.create({ url: receiver.url });
    secret.resolve(webhook.secret);
    onReady(webhook.secret);
    try {
      if (!signal.aborted) await once(signal, "abort");
    } finally {
      // Without it the next `listen` does it.
      await webhooks.delete({ id: webhook.id }, { timeoutMs: REMOVAL_LIMIT_MS }).catch(() => {});
    }
  } finally {
    receiver.close();
  }
}

/** Prints a delivery, and passes it on. @returns the status to answer it with */
async function take(delivery: ReceivedDelivery, secret: string, forwardTo: URL | undefined): Promise<number> {
  const startedAt = performance.now();
  let event = "refused";
  let jobId = "";
  let answer: readonly [status: number, outcome: string];
  try {
    const { type, payload } = await verifyWebhook(delivery, secret);
    event = type;
    if (type !== "webhook.test") jobId = payload.id;
    answer = await passOn(delivery, forwardTo);
  } catch (error) {
    answer = [400, reasonOf(error)];
  }
  const [status, outcome] = answer;
  const time = new Date().toTimeString().slice(0, 8);
  const duration = `${Math.round(performance.now() - startedAt)} ms`;
  const columns = [time, event.padEnd(15), outcome, duration, jobId];
  process.stdout.write(`${columns.join("  ").trimEnd()}\n`);
  return status;
}

/** @returns the status to answer with, and what is to be said of it */
async function passOn(
  delivery: ReceivedDelivery,
  to: URL | undefined,
): Promise<readonly [status: number, outcome: string]> {
  if (!to) return [204, "received"];
  try {
    const status = await forward(delivery, to);
    return [status, `${status}`];
  } catch (error) {
    // The Worker tries again, as it would if it had found nobody there itself.
    return [502, `no answer: ${reasonOf(error)}`];
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.message || ("code" in error ? String(error.code) : error.name);
}

interface Welcome {
  readonly worker: LocalWorker;
  readonly secret: string;
  readonly options: ListenArguments;
}

function welcome({ worker: { url, token }, secret, options: { target, forwardTo } }: Welcome): void {
  const rows = [
    ["Worker", url],
    // Whoever gave it knows it.
    ...(target.kind === "local" ? [["Token", token]] : []),
    ["Secret", secret],
    ["Forward to", forwardTo?.href ?? "nobody; see --forward-to"],
  ];
  const lines = rows.map(([name = "", value]) => `${name.padEnd(12)}${value}`);
  process.stdout.write(`\n${lines.join("\n")}\n\n`);
}
