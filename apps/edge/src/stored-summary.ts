import type { JobSummary, Output } from "@bluehour/core";
import { nearestRatio } from "./asked-image.ts";
import { imageKey } from "./images/image-key.ts";

/**
 * A summary as it may have been written down, for the account or a webhook, before images had a state of their own: it
 * has the images of a complete job in their order, without those that failed, and not the shape that was asked for.
 */
type SummaryOfOld = Omit<JobSummary, "images" | "aspectRatio"> & { readonly outputs: readonly Output[] };

export type StoredSummary = JobSummary | SummaryOfOld;

/** Reads a summary, whenever it was written. */
export function readSummary(stored: StoredSummary): JobSummary {
  if ("images" in stored) return stored;
  const { outputs, ...job } = stored;
  const [first] = outputs;
  const images = Array.from({ length: job.imageCount }, (_, index) => {
    const output = outputs.find(({ key }) => key.startsWith(imageKey(job.id, index, ""))) ?? null;
    if (output) return { status: "complete" as const, progress: 1, output, failure: null };
    const status = job.status === "complete" ? "error" : job.status;
    return { status, progress: null, output, failure: job.failure };
  });
  // What was painted comes nearest to what was asked for; without an image nobody looks at its shape.
  return { ...job, images, aspectRatio: nearestRatio(first ? first.width / first.height : 1) };
}
