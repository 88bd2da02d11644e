import { ApiError, type Principal } from "@bluehour/contract";
import { type JobSummary, openJob, summarize } from "@bluehour/core";
import type { Known } from "../accounts/admission.ts";
import type { Namespaces } from "../namespaces.ts";
import type { JobObject } from "./job-object.ts";
import { followJob, type OpenWatch, openWatch } from "./watch-job.ts";
import type { Sighting } from "./watchers.ts";

/** A job that cannot answer for itself: not born yet, or lost. */
type Speechless = Exclude<Known, { state: "born" | "absent" }>;

/** The jobs, for those who may see them. Everything here throws `ApiError` `not_found` for a job that they may not. */
export function jobAccess(objects: Namespaces) {
  /**
   * Asks a job. One that is not born yet is born first, and then asked again.
   *
   * @param question - answers null when the job does not know itself
   * @param otherwise - answers for a job that cannot
   */
  async function ask<T>(
    principal: Principal,
    id: string,
    question: (job: DurableObjectStub<JobObject>) => Promise<T | null>,
    otherwise: (job: Speechless) => T | Promise<T>,
  ): Promise<T> {
    const job = objects.job(id);
    if (!job) throw new ApiError("not_found");
    const answer = await question(job);
    if (answer !== null) return answer;
    const known = await objects.account(principal.accountId).find(id, principal);
    if (known.state === "unborn" || known.state === "lost") return otherwise(known);
    const second = known.state === "born" ? await question(job) : null;
    if (second === null) throw new ApiError("not_found");
    return second;
  }

  /** Watches a job. @returns null when it has ended and `lastSeen` is how */
  async function watch(
    principal: Principal,
    id: string,
    lastSeen: number,
    signal: AbortSignal,
  ): Promise<AsyncIterable<Sighting> | null> {
    const open: OpenWatch = (seen) =>
      ask(
        principal,
        id,
        (job) => openWatch(job, principal, seen),
        (job) => ({ state: "speechless", sighting: { id: 0, job: summaryOf(job) } }),
      );
    const first = await open(lastSeen);
    return first.state === "over" ? null : followJob(first, open, lastSeen, signal);
  }

  return {
    ask,
    watch,
    read: (principal: Principal, id: string): Promise<JobSummary> =>
      ask(principal, id, (job) => job.read(principal), summaryOf),
    /** The job at its end, or when the signal aborts. @returns null if it was not seen at all by then */
    async lastSighting(principal: Principal, id: string, signal: AbortSignal): Promise<JobSummary | null> {
      let last: Sighting | null = null;
      for await (const sighting of (await watch(principal, id, 0, signal)) ?? []) last = sighting;
      return last?.job ?? null;
    },
  };
}

function summaryOf(job: Speechless): JobSummary {
  return job.state === "lost" ? job.summary : summarize(openJob(job.order, job.order.createdAt));
}
