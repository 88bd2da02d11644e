import { type Failure, type JobSummary, openJob, summarize } from "@bluehour/core";
import { possibleImageKeys } from "../images/image-key.ts";
import type { JobObject } from "../jobs/job-object.ts";
import { describeError, log } from "../log.ts";
import type { Books } from "./books.ts";

/** What the watchdog works with. */
export interface Watched {
  readonly books: Books;
  readonly bucket: R2Bucket;
  /** @returns null for an id that this deployment never issued */
  job(id: string): DurableObjectStub<JobObject> | null;
  now(): number;
}

/**
 * Asks after a job that should have been settled, or deleted, by now. A job that lives is set going again, alarm or
 * not; one that has ended is settled; one that does not know itself is refunded as lost. Never throws: a job that
 * cannot be reached comes up again.
 */
export async function attend(id: string, watched: Watched): Promise<void> {
  const { books } = watched;
  try {
    const answer = (await watched.job(id)?.attend()) ?? { state: "absent" as const };
    log("warn", "job overdue", { job_id: id, state: answer.state });
    if (answer.state === "ended") {
      books.settle(answer.summary, { deleted: answer.deleted, now: watched.now() });
    } else if (answer.state === "absent") {
      await giveUp(id, watched);
    }
  } catch (error) {
    log("error", "job cannot be asked after", { job_id: id, error: describeError(error) });
  }
}

/** Takes leave of a job that nobody but the account knows. */
async function giveUp(id: string, { books, bucket, now }: Watched): Promise<void> {
  const order = books.jobs.order(id);
  if (!order) {
    // Settled, and past its retention: gone is what it was to be.
    const job = books.jobs.accountOf(id);
    if (job) books.jobs.remove(id, job, now());
    return;
  }
  // Its birth goes on being tried; born this late, it ends at once, and settles by itself.
  if (!books.jobs.isBorn(id)) return;
  const indices = Array.from({ length: order.image.imageCount }, (_, index) => index);
  await bucket.delete(indices.flatMap((index) => possibleImageKeys(id, index)));
  const waiting = summarize(openJob(order, order.createdAt));
  const at = now();
  const failure: Failure = { code: "internal", reason: "The job was lost" };
  const lost: JobSummary = {
    ...waiting,
    status: "error",
    images: waiting.images.map((image) => ({ ...image, status: "error", failure })),
    completedAt: at,
    expiresAt: at + order.retentionMs,
    creditsRefunded: waiting.creditsCharged,
    failure,
    progress: null,
  };
  books.settle(lost, { lost: true, now: at });
  log("error", "job lost", {
    job_id: id,
    account_id: order.accountId,
    credits_refunded: lost.creditsRefunded,
  });
}
