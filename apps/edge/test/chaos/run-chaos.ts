import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startFakeProviders } from "../fake-providers.ts";
import { freePort, startWranglerDev } from "../wrangler-dev.ts";
import { ChaosCaller } from "./chaos-caller.ts";
import { chaosJobs } from "./chaos-job.ts";
import { type ChaosOutcome, judge, type Verdict } from "./judge.ts";
import { seededRandom } from "./random.ts";
import { readStoredState } from "./stored-state.ts";

export interface ChaosOptions {
  readonly seed: number;
  readonly jobs: number;
  /** How often the Worker's process group is killed while jobs are created and run. */
  readonly kills: number;
  readonly unknownSubmission: "resubmit" | "fail";
}

export interface ChaosReport extends ChaosOptions {
  readonly seconds: number;
  /** Jobs by how they ended. */
  readonly ended: Readonly<Record<string, number>>;
  readonly upstreamSubmits: number;
  readonly resubmitted: number;
  readonly verdict: Verdict;
}

/** Jobs created at once. */
const CALLERS = 6;
/** Pause between two kills, in milliseconds, on top of the start of the Worker. */
const CALM_MS = { least: 300, most: 2_000 };

/**
 * Creates jobs with all kinds of faults while the Worker, a process of its own, is killed and started again, and then
 * looks for anything lost, stuck, paid twice or left behind.
 */
export async function runChaos(options: ChaosOptions): Promise<ChaosReport> {
  const startedAt = performance.now();
  const random = seededRandom(options.seed);
  const persistTo = await mkdtemp(join(tmpdir(), "bluehour-chaos-"));
  const providers = await startFakeProviders(300);
  const port = await freePort();
  const vars = {
    ...providers.vars,
    ADMIN_TOKEN: "t",
    SIGNING_SECRET: "s",
    PUBLIC_URL: `http://127.0.0.1:${port}`,
    // Six callers at once would be turned away.
    RATE_LIMIT_PER_MINUTE: "100000",
    UNKNOWN_SUBMISSION: options.unknownSubmission,
  };
  const server = { port, persistTo, vars };
  let worker = await startWranglerDev(server);
  try {
    const caller = new ChaosCaller(worker.url);
    const jobs = chaosJobs(options.jobs, random);
    const created = createAll(caller, jobs);
    // Looked at only after the kills; until then a failure must not count as nobody's.
    created.catch(() => undefined);
    for (let kill = 0; kill < options.kills; kill++) {
      await pause(CALM_MS.least + random() * (CALM_MS.most - CALM_MS.least));
      await worker.kill("SIGKILL");
      worker = await startWranglerDev(server);
    }
    const ids = await created;
    const outcomes: ChaosOutcome[] = [];
    for (const [index, job] of jobs.entries()) {
      const id = ids[index] ?? "";
      if (job.act === "delete") {
        outcomes.push({ job, id, gone: await caller.isGone(id) });
        continue;
      }
      const project = await caller.ended(id);
      const hashes = await Promise.all(project.downloads.map(({ url }) => caller.hashOf(url)));
      outcomes.push({ job, id, project, hashes, timeline: await caller.timeline(id) });
    }
    await worker.kill("SIGTERM");
    const ended = Object.groupBy(outcomes, (outcome) =>
      "project" in outcome ? (outcome.project.error?.code ?? outcome.project.status) : "deleted",
    );
    return {
      ...options,
      seconds: Math.round((performance.now() - startedAt) / 1000),
      ended: Object.fromEntries(Object.entries(ended).map(([name, list]) => [name, list?.length ?? 0])),
      upstreamSubmits: Object.values(providers.fakes).reduce((sum, { submits }) => sum + submits.length, 0),
      resubmitted: outcomes
        .flatMap((outcome) => ("timeline" in outcome ? outcome.timeline : []))
        .filter(({ type }) => type === "resubmitted").length,
      verdict: judge(outcomes, providers.fakes, readStoredState(persistTo), options.unknownSubmission),
    };
  } finally {
    await worker.kill("SIGKILL");
    await providers.close();
    await rm(persistTo, { recursive: true, force: true });
  }
}

/** Creates the jobs, and does with them what their callers want. @returns the ids, in the order of the jobs */
async function createAll(caller: ChaosCaller, jobs: ReturnType<typeof chaosJobs>): Promise<string[]> {
  const ids: string[] = [];
  const acts: Promise<void>[] = [];
  let next = 0;
  const work = async () => {
    for (let index = next++; index < jobs.length; index = next++) {
      const job = jobs[index];
      if (!job) return;
      const id = await caller.create(job);
      ids[index] = id;
      const { act } = job;
      if (act !== "none") acts.push(pause(job.actAfterMs).then(() => caller[act](id)));
      // Spread over the kills, instead of all before the first.
      await pause(100);
    }
  };
  await Promise.all(Array.from({ length: CALLERS }, work));
  await Promise.all(acts);
  return ids;
}

/** Chaos has no condition to wait for: when the kill comes is the point. */
function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
