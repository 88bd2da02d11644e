import { setTimeout as sleep } from "node:timers/promises";
import type { FakeUpstream } from "@bluehour/providers/fake-upstream";
import type { Contender } from "./contenders/contender.ts";
import { type Load, sendAll } from "./load.ts";

/** How often it is looked whether the provider has handed all images out, in milliseconds. */
const LOOK_EVERY_MS = 10;

/** Jobs from their creates until all of them have been read as complete. */
export interface JobRun {
  readonly creates: Load;
  readonly ids: readonly string[];
  /** From the first create until the last job is known to be complete. */
  readonly jobsPerSecond: number;
  readonly cpuMsPerJob: number;
  /** Where the images are. */
  readonly images: readonly string[];
}

/**
 * Has so many jobs done. When the provider has handed out the images of all, each job is read, and again until it is
 * complete: a job costs one create and about one read, as with callers who are told that theirs is done.
 */
export async function runJobs(
  contender: Contender,
  upstream: FakeUpstream,
  jobs: number,
  atOnce: number,
): Promise<JobRun> {
  upstream.reset();
  const [began, cpuBefore] = [performance.now(), contender.cpuMs()];
  const requests = Array.from({ length: jobs }, () => contender.create());
  const creates = await sendAll(contender.url, requests, atOnce);
  const ids = creates.answers.map((answer) => contender.idOf(answer));
  while (upstream.images.length < jobs) await sleep(LOOK_EVERY_MS);
  const images: string[] = [];
  for (let running = ids; running.length > 0; ) {
    const { answers } = await sendAll(
      contender.url,
      running.map((id) => contender.status(id)),
      atOnce,
    );
    const found = answers.map((answer) => contender.imageOf(answer));
    images.push(...found.filter((image) => image !== null));
    running = running.filter((_, index) => found[index] === null);
    if (running.length > 0) await sleep(LOOK_EVERY_MS);
  }
  const seconds = (performance.now() - began) / 1_000;
  const cpuMs = contender.cpuMs() - cpuBefore;
  return { creates, ids, jobsPerSecond: jobs / seconds, cpuMsPerJob: cpuMs / jobs, images };
}
