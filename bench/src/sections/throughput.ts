import { startFakeUpstream } from "@bluehour/providers/fake-upstream";
import { startBluehourContender } from "../contenders/bluehour.ts";
import { startBullmq } from "../contenders/bullmq.ts";
import { startCeilings } from "../contenders/ceilings.ts";
import type { BenchRequest, Contender } from "../contenders/contender.ts";
import { startWorkflows } from "../contenders/workflows.ts";
import { type Load, sendAll } from "../load.ts";
import { markdownTable } from "../markdown-table.ts";
import { runJobs } from "../run-jobs.ts";
import type { Section } from "../section.ts";
import { median, quantile } from "../statistics.ts";

const ROUNDS = 5;
const JOBS = 600;
const READS = 1_500;
const AT_ONCE = 32;
const RENDER_MS = 1_000;

/** Rounds before the first that counts: code is compiled, and Bluehour learns how long a render takes. */
const WARM_UP_ROUNDS = 1;

/** The figures of one round, by what they are of. */
type Round = Readonly<Record<string, number>>;

/** Creates, status reads and whole jobs, side by side with Workflows and BullMQ. */
export const throughput: Section = { name: "throughput", run };

async function run(): Promise<string> {
  const upstream = await startFakeUpstream({ renderMs: RENDER_MS });
  const { url, apiKey } = upstream;
  const contenders: Contender[] = [];
  const ceilings = await startCeilings();
  try {
    for (const start of [startBluehourContender, startWorkflows, startBullmq]) {
      contenders.push(await start({ url, apiKey, renderMs: RENDER_MS }));
    }
    const rounds = new Map<string, Round[]>();
    for (let round = -WARM_UP_ROUNDS; round < ROUNDS; round++) {
      const take = (name: string, figures: Round) => {
        if (round >= 0) rounds.set(name, [...(rounds.get(name) ?? []), figures]);
      };
      for (const contender of contenders) {
        const { creates, ids, jobsPerSecond, cpuMsPerJob, images } = await runJobs(
          contender,
          upstream,
          JOBS,
          AT_ONCE,
        );
        await checkImages(images);
        const requests = Array.from({ length: READS }, (_, index) =>
          contender.status(ids[index % ids.length] ?? ""),
        );
        const reads = await sendAll(contender.url, requests, AT_ONCE);
        take(contender.name, {
          ...figuresOf("create", creates),
          ...figuresOf("read", reads),
          jobsPerSecond,
          cpuMsPerJob,
        });
      }
      for (const [name, path] of CEILINGS) {
        const requests = Array.from({ length: READS }, (): BenchRequest => ({ method: "GET", path }));
        take(name, figuresOf("read", await sendAll(ceilings.url, requests, AT_ONCE)));
      }
    }
    return report(rounds);
  } finally {
    for (const { stop } of [...contenders, ceilings]) await stop();
    await upstream.close();
  }
}

const CEILINGS = [
  ["no-op Worker", "/"],
  ["no-op Durable Object call", "/object"],
] as const;

function figuresOf(what: "create" | "read", { perSecond, latenciesMs }: Load): Round {
  return {
    [`${what}sPerSecond`]: perSecond,
    [`${what}P50`]: quantile(latenciesMs, 0.5),
    [`${what}P99`]: quantile(latenciesMs, 0.99),
  };
}

/** Looks at a few of the images: each is whole, and public. */
async function checkImages(images: readonly string[]): Promise<void> {
  for (const url of images.slice(0, 3)) {
    const response = await fetch(url);
    const bytes = await response.bytes();
    const isPng = bytes[0] === 0x89 && bytes[1] === 0x50;
    if (!response.ok || !isPng)
      throw new Error(`${url} answered ${response.status} with ${bytes.length} bytes`);
  }
}

const REQUEST_COLUMNS = [
  ["createsPerSecond", "creates a second", 0],
  ["createP50", "p50, ms", 1],
  ["createP99", "p99, ms", 1],
  ["readsPerSecond", "status reads a second", 0],
  ["readP50", "p50, ms", 1],
  ["readP99", "p99, ms", 1],
] as const;

const JOB_COLUMNS = [
  ["jobsPerSecond", "jobs a second", 1],
  ["cpuMsPerJob", "CPU a job, ms", 2],
] as const;

const AIMS = [
  ["createsPerSecond", "creates a second", "≥ 5"],
  ["readsPerSecond", "status reads a second", "≥ 5"],
  ["jobsPerSecond", "jobs a second", "≥ 2"],
  ["cpuMsPerJob", "CPU a job", "≤ 0.6"],
] as const;

function report(rounds: ReadonlyMap<string, readonly Round[]>): string {
  const names = [...rounds.keys()];
  const figures = (name: string, figure: string) =>
    (rounds.get(name) ?? []).map((round) => round[figure] ?? Number.NaN);
  const rows = (
    columns: readonly (readonly [figure: string, head: string, digits: number])[],
    of: readonly string[],
  ) =>
    markdownTable(
      ["", ...columns.map(([, head]) => head)],
      of.map((name) => [
        name,
        ...columns.map(([figure, , digits]) => {
          const middle = median(figures(name, figure));
          return Number.isNaN(middle) ? "" : middle.toFixed(digits);
        }),
      ]),
    );
  // Of each round by itself, since whatever else the machine does slows both.
  const ratio = (figure: string, to: string) => {
    const others = figures(to, figure);
    return median(figures("Bluehour", figure).map((ours, round) => ours / (others[round] ?? Number.NaN)));
  };
  const ratios = markdownTable(
    ["Bluehour", "× Workflows", "aim", "× BullMQ"],
    AIMS.map(([figure, head, aim]) => [
      head,
      ratio(figure, "Workflows").toFixed(2),
      aim,
      ratio(figure, "BullMQ").toFixed(2),
    ]),
  );
  const jobs = names.filter((name) => !CEILINGS.some(([ceiling]) => ceiling === name));
  return [
    rows(REQUEST_COLUMNS, names),
    rows(JOB_COLUMNS, jobs),
    ratios,
    `Medians of ${ROUNDS} rounds of ${JOBS} jobs and ${READS} reads, ${AT_ONCE} requests at once; ratios are medians of ` +
      `the rounds' own.`,
  ].join("\n\n");
}
