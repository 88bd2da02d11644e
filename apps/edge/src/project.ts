import { JOB_ERRORS, type Project } from "@bluehour/contract";
import type { JobSummary, TimelineEntry } from "@bluehour/core";
import { toTimestamp } from "./timestamp.ts";

/** Codes whose reason helps the caller; the others' is for the operator, in the timeline. */
const TELLING = new Set(["content_rejected", "invalid_input"]);

/** A job as callers see it. @param imagesUrl - address that image keys are appended to */
export function toProject(job: JobSummary, imagesUrl: string): Project {
  const credits = job.creditsCharged - job.creditsRefunded;
  return {
    id: job.id,
    name: job.name,
    status: job.status,
    image_count: job.imageCount,
    type: job.type,
    created_at: toTimestamp(job.createdAt),
    enabled: true,
    credits_charged: credits,
    total_frame_cost: credits,
    downloads: job.outputs.map((output) => ({
      url: `${imagesUrl}/${output.key}`,
      expires_at: toTimestamp(job.expiresAt ?? job.createdAt),
      width: output.width,
      height: output.height,
      content_type: output.contentType,
      bytes: output.bytes,
      sha256: output.sha256,
    })),
    error: job.failure && {
      code: job.failure.code,
      message: TELLING.has(job.failure.code)
        ? `${JOB_ERRORS[job.failure.code]}: ${job.failure.reason}`
        : JOB_ERRORS[job.failure.code],
    },
    model: job.model,
    provider: job.provider,
    progress: job.progress,
    started_at: job.startedAt === null ? null : toTimestamp(job.startedAt),
    completed_at: job.completedAt === null ? null : toTimestamp(job.completedAt),
  };
}

/** A line of a timeline on the wire: snake_case, times as timestamps, parts counted from 1. */
export function toTimelineItem({ at, type, part, waitMs, ...rest }: TimelineEntry) {
  return {
    at: toTimestamp(at),
    type,
    ...(part === undefined ? {} : { part: part + 1 }),
    ...rest,
    ...(waitMs === undefined ? {} : { wait_ms: waitMs }),
  };
}
