import { setTimeout as sleep } from "node:timers/promises";
import { startFakeUpstream } from "@bluehour/providers/fake-upstream";
import { startBluehourContender } from "../contenders/bluehour.ts";
import type { BenchRequest, Contender } from "../contenders/contender.ts";
import { sendAll } from "../load.ts";
import { markdownTable } from "../markdown-table.ts";
import { runJobs } from "../run-jobs.ts";
import type { Section } from "../section.ts";
import { median, quantile } from "../statistics.ts";

/** Jobs that one account has in flight. */
const IN_FLIGHT = [100, 1_000, 10_000] as const;
const ROUNDS = 5;
const JOBS = 150;
/** So many that none is read twice while it is still in memory. */
const READS = 20;
const AT_ONCE = 8;
const FILL_AT_ONCE = 32;

/** How long it is looked what the jobs in flight take by themselves, in milliseconds. */
const QUIET_MS = 2_000;
const LOOK_EVERY_MS = 100;

/** The waiting jobs are painted by a provider that calls back, and does not before the bench is over. */
const HELD_MODEL = "replicate/somebody/slow";
const HELD = JSON.stringify({
  image_count: 1,
  model: HELD_MODEL,
  style: { prompt: "[fault:slow-3600000] a boat that never comes home" },
});

interface Account {
  readonly inFlight: number;
  readonly contender: Contender;
  /** Those in flight. */
  readonly held: readonly string[];
  readonly rounds: Round[];
}

interface Round {
  readonly cpuMs: number;
  readonly creates: readonly number[];
  readonly reads: readonly number[];
}

/** Whether a job costs more the more of them are in flight. */
export const growth: Section = { name: "growth", run };

async function run(): Promise<string> {
  const [quick, slow] = await Promise.all([
    startFakeUpstream({ renderMs: 300 }),
    startFakeUpstream({ provider: "replicate" }),
  ]);
  const accounts: Account[] = [];
  try {
    for (const inFlight of IN_FLIGHT) {
      const contender = await startBluehourContender(
        { url: quick.url, apiKey: quick.apiKey, renderMs: 300 },
        { REPLICATE_API_KEY: slow.apiKey, REPLICATE_BASE_URL: slow.url, JOB_DEADLINE_SECONDS: "86400" },
      );
      const creates = Array.from({ length: inFlight }, () => ({ ...contender.create(), body: HELD }));
      const submitted = slow.submits.length + inFlight;
      const { answers } = await sendAll(contender.url, creates, FILL_AT_ONCE);
      while (slow.submits.length < submitted) await sleep(LOOK_EVERY_MS);
      const held = answers.map((answer) => contender.idOf(answer));
      accounts.push({ inFlight, contender, held, rounds: [] });
    }
    for (const { contender } of accounts) await runJobs(contender, quick, JOBS, AT_ONCE);
    for (let round = 0; round < ROUNDS; round++) {
      for (const account of accounts) {
        account.rounds.push(
          await measure(account, round, () => runJobs(account.contender, quick, JOBS, AT_ONCE)),
        );
      }
    }
    return report(accounts);
  } finally {
    for (const { contender } of accounts) await contender.stop();
    await Promise.all([quick.close(), slow.close()]);
  }
}

async function measure(
  { contender, held }: Account,
  round: number,
  runJobsNow: () => ReturnType<typeof runJobs>,
): Promise<Round> {
  const cpuBefore = contender.cpuMs();
  await sleep(QUIET_MS);
  const ownPerMs = (contender.cpuMs() - cpuBefore) / QUIET_MS;
  const began = performance.now();
  const { creates, cpuMsPerJob } = await runJobsNow();
  const own = (ownPerMs * (performance.now() - began)) / JOBS;
  const step = Math.floor(held.length / READS);
  const reads = Array.from(
    { length: READS },
    (_, index): BenchRequest => contender.status(held[(index * step + round) % held.length] ?? ""),
  );
  const { latenciesMs } = await sendAll(contender.url, reads, 1);
  return { cpuMs: cpuMsPerJob - own, creates: creates.latenciesMs, reads: latenciesMs };
}

const FIGURES = [
  ["CPU a job, ms", ({ cpuMs }: Round) => cpuMs],
  ["create, p50, ms", ({ creates }: Round) => quantile(creates, 0.5)],
  ["p99, ms", ({ creates }: Round) => quantile(creates, 0.99)],
  ["status, p50, ms", ({ reads }: Round) => quantile(reads, 0.5)],
  ["p99, ms", ({ reads }: Round) => quantile(reads, 0.99)],
] as const;

function report(accounts: readonly Account[]): string {
  const [first, last] = [accounts[0], accounts.at(-1)];
  const rows = accounts.map(({ inFlight, rounds }) => [
    inFlight.toLocaleString("en"),
    ...FIGURES.map(([, figure]) => median(rounds.map(figure)).toFixed(1)),
  ]);
  // Of each round by itself, since whatever else the machine does slows both.
  const ratios = FIGURES.map(([, figure]) =>
    median(
      (last?.rounds ?? []).map((round, index) => {
        const other = first?.rounds[index];
        return other ? figure(round) / figure(other) : Number.NaN;
      }),
    ).toFixed(2),
  );
  return markdownTable(
    ["jobs in flight", ...FIGURES.map(([head]) => head)],
    [...rows, ["× from the first to the last", ...ratios]],
  );
}
