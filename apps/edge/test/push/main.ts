import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { createClient, type Wait } from "@bluehour/client";
import { type FakeUpstream, startFakeUpstream } from "@bluehour/providers/fake-upstream";
import { freePort, startWranglerDev, varsFor } from "../wrangler-dev.ts";

/**
 * `pnpm run bench:push [--jobs N] [--watchers N]`: how long after the poll that found a job ready its client knows, by
 * each way of waiting; and whether watchers keep a job from its end. On one machine, over real HTTP and real workerd.
 */
const { values } = parseArgs({
  options: {
    jobs: { type: "string", default: "40" },
    watchers: { type: "string", default: "200" },
  },
});

const WAYS: readonly [string, Wait][] = [
  ["events", "events"],
  ["long-poll", "long-poll"],
  ["poll every 500 ms", { pollIntervalMs: 500 }],
  ["poll every 2 s", { pollIntervalMs: 2_000 }],
];

/** Jobs at a time. */
const PARALLEL = 4;

const quantile = (sorted: readonly number[], share: number) =>
  sorted[Math.floor(sorted.length * share)] ?? Number.NaN;

function report(name: string, lags: number[]): number {
  const sorted = lags.toSorted((a, b) => a - b);
  const median = quantile(sorted, 0.5);
  console.log(
    `${name.padEnd(34)}${median.toFixed(0).padStart(6)}${quantile(sorted, 0.95).toFixed(0).padStart(8)}`,
  );
  return median;
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
const { v1 } = createClient({ baseUrl: worker.url, token: "t" });
let jobs = 0;

/** Runs a job. @returns milliseconds from the poll that found it ready until the client knew */
async function lagOf(
  wait: Wait,
  watchers = 0,
): Promise<{ client: number; job: number; lastWatcher: number }> {
  const prompt = `[fault:slow-${1_000 + Math.floor(Math.random() * 500)}] job ${++jobs}.`;
  const { id } = await v1.aiImageGenerator.create({ image_count: 1, style: { prompt } });
  let lastWatcherAt = 0;
  const watching = Array.from({ length: watchers }, async () => {
    for await (const _ of v1.imageProjects.events({ id }));
    lastWatcherAt = Date.now();
  });
  const { completed_at } = await v1.imageProjects.checkResult({ id }, { wait, downloadOutputs: false });
  const knownAt = Date.now();
  await Promise.all(watching);
  const ready = readyAt(upstream, prompt);
  return {
    client: knownAt - ready,
    job: Date.parse(completed_at ?? "") - ready,
    lastWatcher: lastWatcherAt - ready,
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

try {
  await many(8, async () => (await lagOf("events")).client);
  console.log("milliseconds after ready           median     p95");
  for (const [name, wait] of WAYS) {
    report(
      `the client knows, by ${name}`,
      await many(Number(values.jobs), async () => (await lagOf(wait)).client),
    );
  }
  const alone: number[] = [];
  const watched: number[] = [];
  const last: number[] = [];
  // By turns, so that whatever else the machine does falls on both.
  for (let round = 0; round < 10; round++) {
    alone.push((await lagOf("events")).job);
    const { job, lastWatcher } = await lagOf("events", Number(values.watchers));
    watched.push(job);
    last.push(lastWatcher);
  }
  report("a job ends, alone", alone);
  report(`a job ends, with ${values.watchers} watchers`, watched);
  report(`the last of ${values.watchers} knows`, last);
} finally {
  await worker.kill("SIGTERM");
  await upstream.close();
  await rm(directory, { recursive: true, force: true });
}
