import { type Download, JOB_ERRORS, type Project } from "@bluehour/contract";
import type { Failure, JobSummary, TimelineEntry } from "@bluehour/core";
import { readSummary, type StoredSummary } from "./stored-summary.ts";
import { toTimestamp } from "./timestamp.ts";

/** Codes whose reason helps the caller; the others' is for the operator, in the timeline. */
const TELLING = new Set(["content_rejected", "invalid_input"]);

/** A job as callers see it. @param imagesUrl - address that image keys are appended to */
export function toProject(stored: StoredSummary, imagesUrl: string): Project {
  const job = readSummary(stored);
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
    downloads: job.status === "complete" ? toDownloads(job, imagesUrl) : [],
    error: toError(job.failure),
    aspect_ratio: job.aspectRatio,
    images: job.images.map(({ status, progress, output, failure }, index) => ({
      index,
      status,
      progress,
      download: output && { url: `${imagesUrl}/${output.key}`, width: output.width, height: output.height },
      error: toError(failure),
    })),
    model: job.model,
    provider: job.provider,
    progress: job.progress,
    started_at: job.startedAt === null ? null : toTimestamp(job.startedAt),
    completed_at: job.completedAt === null ? null : toTimestamp(job.completedAt),
  };
}

function toDownloads({ images, expiresAt, createdAt }: JobSummary, imagesUrl: string): Download[] {
  const outputs = images.flatMap(({ output }) => output ?? []);
  return outputs.map((output) => ({
    url: `${imagesUrl}/${output.key}`,
    expires_at: toTimestamp(expiresAt ?? createdAt),
    width: output.width,
    height: output.height,
    content_type: output.contentType,
    bytes: output.bytes,
    sha256: output.sha256,
  }));
}

function toError(failure: Failure | null): Project["error"] {
  if (!failure) return null;
  const { code, reason } = failure;
  return { code, message: TELLING.has(code) ? `${JOB_ERRORS[code]}: ${reason}` : JOB_ERRORS[code] };
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
