import type { JobStatus } from "./describe-job.ts";
import { type Failure, type JobImage, type JobState, type Output, type Part, TIMED_OUT } from "./state.ts";

/** How one image of a job is doing. */
export interface ImageSummary {
  status: JobStatus;
  /** 0 to 1, as its provider tells of the call that paints it, with others perhaps; null when it does not tell. */
  progress: number | null;
  /** From the moment it stands in the bucket; null again once the job has ended without success. */
  output: Output | null;
  /** Why it is not coming. */
  failure: Failure | null;
}

/** Derives what others see of a job's images, in their order. */
export function summarizeImages(state: JobState): ImageSummary[] {
  return state.parts
    .flatMap((part) => part.images.map((image) => ({ part, image })))
    .sort((a, b) => a.image.index - b.image.index)
    .map(({ part, image }) => summarizeImage(state, part, image));
}

function summarizeImage({ outcome }: JobState, part: Part, { phase, output }: JobImage): ImageSummary {
  const nothing = { progress: null, output: null, failure: null };
  if (outcome?.status === "canceled") return { ...nothing, status: "canceled" };
  // What was stored of a job that has failed is removed again.
  if (outcome?.status === "error") {
    return { ...nothing, status: "error", failure: part.failure ?? outcome.failure };
  }
  if (phase === "stored") return { ...nothing, status: "complete", progress: 1, output };
  // A job that is complete without the image has not waited for it.
  if (outcome || phase === "failed") {
    return { ...nothing, status: "error", failure: part.failure ?? TIMED_OUT };
  }
  if (part.phase === "running" || part.phase === "storing") {
    return { ...nothing, status: "rendering", progress: part.progress };
  }
  return { ...nothing, status: "queued" };
}
