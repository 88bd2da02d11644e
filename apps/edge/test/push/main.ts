import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { json } from "node:stream/consumers";
import { parseArgs } from "node:util";
import { Worker } from "node:worker_threads";
import { createClient, type JobEvent, type Wait } from "@bluehour/client";
import { type FakeUpstream, startFakeUpstream } from "@bluehour/providers/fake-upstream";
import { freePort, startWranglerDev, varsFor } from "../wrangler-dev.ts";
import type { Knowing, WatchOrder } from "./watchers.ts";

/**
 * `pnpm run bench:push [--jobs N] [--watchers N] [--rounds N]`: how long after the poll that found a job ready its client knows, by
 * each way of waiting; and whether watchers keep a job from its end, as it is on record and as its webhook comes. On one
 * machine, over real HTTP and real workerd; the watchers have a thread of their own.
 */
const { values } = parseArgs({
  options: {
    jobs: { type: "string", default: "40" },
    watchers: { type: "string", default: "200" },
    rounds: { type: "string", default: "30" },
  },
});

const WAYS: readonly [string, Wait][] = [
  ["events", "events"],
  ["long-poll", "long-poll"],
  ["poll every 500 ms", { pollIntervalMs: 500 }],
  ["poll every 2 s", { pollIntervalMs: 2_000 }],
];

const MOMENTS: readonly [string, keyof End][] = [
  ["its end is on record", "recorded"],
  ["its webhook has come", "announced"],
  ["the first watcher knows", "first"],
  ["the last watcher knows", "last"],
];

/** Jobs at a time. */
const PARALLEL = 4;

const quantile = (sorted: readonly number[], share: number) =>
  sorted[Math.floor(sorted.length * share)] ?? Number.NaN;

function report(name: string, lags: number[]): void {
  const sorted = lags.toSorted((a, b) => a - b);
  const median = quantile(sorted, 0.5);
  console.log(
    `${name.padEnd(38)}${median.toFixed(0).padStart(6)}${quantile(sorted, 0.95).toFixed(0).padStart(8)}`,
  );
}

/** When the poll was answered that found a job ready: from there on it is ours to be quick. */
function readyAt({ requests, submits }: FakeUpstream, prompt: string): number {
  const submit = submits.find(({ body }) => JSON.stringify(body).includes(prompt));
  const polls = requests.filter(({ path }) => path === `/v1/image-projects/${submit?.projectId}`);
  return polls.at(-1)?.atMs ?? Number.NaN;
}

const directory = await mkdtemp(join(tmpdir(), "bluehour-push-"));
const upstream = await startFakeUpstream();
const worker = await startWranglerDev({
  port: await freePort(),
  persistTo: directory,
  vars: varsFor(upstream),
});
const token = "t";
const { v1 } = createClient({ baseUrl: worker.url, token });
let jobs = 0;

/** When the webhook of a job's end came, by its id: it goes out beside the settlement with the account. */
const told = new Map<string, PromiseWithResolvers<number>>();
const receiver = createServer(async (request, response) => {
  // Our own Worker's words.
  const { payload } = (await json(request)) as JobEvent;
  told.get(payload.id)?.resolve(Date.now());
  response.end();
});
await once(receiver.listen(0, "127.0.0.1"), "listening");

async function create() {
  const prompt = `[fault:slow-${1_000 + Math.floor(Math.random() * 500)}] job ${++jobs}.`;
  return { prompt, ...(await v1.aiImageGenerator.create({ image_count: 1, style: { prompt } })) };
}

/** Runs a job. @returns milliseconds from the poll that found it ready until the client knew */
async function lagOf(wait: Wait): Promise<number> {
  const { id, prompt } = await create();
  await v1.imageProjects.checkResult({ id }, { wait, downloadOutputs: false });
  return Date.now() - readyAt(upstream, prompt);
}

/** What became of a job, in milliseconds from the poll that found it ready. */
interface End {
  /** It has ended, by its own record. */
  readonly recorded: number;
  /** Its webhook has come. */
  readonly announced: number;
  /** The first and the last of its watchers know. */
  readonly first: number;
  readonly last: number;
}

/** Runs a job that so many watch. */
async function endOf(watchers: number): Promise<End> {
  const { id, prompt } = await create();
  const coming = Promise.withResolvers<number>();
  told.set(id, coming);
  crowd.postMessage({ baseUrl: worker.url, token, id, count: watchers } satisfies WatchOrder);
  // The thread answers each order with this.
  const [known] = (await once(crowd, "message")) as [Knowing];
  const announcedAt = await coming.promise;
  const { completed_at } = await v1.imageProjects.get({ id });
  const ready = readyAt(upstream, prompt);
  return {
    recorded: Date.parse(completed_at ?? "") - ready,
    announced: announcedAt - ready,
    first: (known[0] ?? Number.NaN) - ready,
    last: (known.at(-1) ?? Number.NaN) - ready,
  };
}

async function many(count: number, run: () => Promise<number>): Promise<number[]> {
  const lags: number[] = [];
  const work = async () => {
    while (count-- > 0) lags.push(await run());
  };
  await Promise.all(Array.from({ length: PARALLEL }, work));
  return lags;
}

const crowd = new Worker(new URL("watchers.ts", import.meta.url));
try {
  await many(8, () => lagOf("events"));
  console.log("milliseconds after ready               median     p95");
  for (const [name, wait] of WAYS) {
    report(`the client knows, by ${name}`, await many(Number(values.jobs), () => lagOf(wait)));
  }
  const address = receiver.address();
  if (address === null || typeof address === "string") throw new Error("No port");
  await v1.webhooks.create({ url: `http://127.0.0.1:${address.port}`, events: ["image.completed"] });
  const counts = [1, Number(values.watchers)];
  const ends = counts.map((): End[] => []);
  // By turns, so that whatever else the machine does falls on all.
  for (let round = 0; round < Number(values.rounds); round++) {
    for (const [index, count] of counts.entries()) ends[index]?.push(await endOf(count));
  }
  for (const [index, count] of counts.entries()) {
    for (const [what, moment] of MOMENTS) {
      report(`${what}, ${count} watching`, ends[index]?.map((end) => end[moment]) ?? []);
    }
  }
} finally {
  await crowd.terminate();
  receiver.close();
  receiver.closeAllConnections();
  await worker.kill("SIGTERM");
  await upstream.close();
  await rm(directory, { recursive: true, force: true });
}
