import type { AspectRatio } from "../provider.ts";
import { type ImageSummary, summarizeImages } from "./describe-images.ts";
import type { Failure, JobState, Part } from "./state.ts";

export type JobStatus = "queued" | "rendering" | "complete" | "error" | "canceled";

/** The facts of a job that others see, derived from its state. Times in milliseconds since the Unix epoch. */
export interface JobSummary {
  id: string;
  accountId: string;
  type: "AI_IMAGE" | "AI_IMAGE_EDITOR";
  name: string;
  status: JobStatus;
  imageCount: number;
  model: string;
  /** Who paints, or painted, the first image; null until somebody took it. */
  provider: string | null;
  createdAt: number;
  startedAt: number | null;
  completedAt: number | null;
  expiresAt: number | null;
  creditsCharged: number;
  creditsRefunded: number;
  /** The shape that was asked for. */
  aspectRatio: AspectRatio;
  /** One for each that was asked for, in their order. */
  images: ImageSummary[];
  failure: Failure | null;
  /** 0 to 1; null when no provider tells. */
  progress: number | null;
}

/** Derives what others see of a job. */
export function summarize(state: JobState): JobSummary {
  const { order, outcome } = state;
  const charged = order.image.imageCount * order.creditsPerImage;
  const creditsRefunded = (outcome?.refundedImages ?? 0) * order.creditsPerImage;
  return {
    id: order.id,
    accountId: order.accountId,
    type: order.type,
    name: order.name,
    status: outcome?.status ?? (state.startedAt === null ? "queued" : "rendering"),
    imageCount: order.image.imageCount,
    model: order.model,
    provider: paintedBy(state),
    createdAt: order.createdAt,
    startedAt: state.startedAt,
    completedAt: outcome?.at ?? null,
    expiresAt: outcome ? outcome.at + order.retentionMs : null,
    creditsCharged: charged,
    creditsRefunded,
    aspectRatio: order.image.aspectRatio,
    images: summarizeImages(state),
    failure: outcome?.failure ?? null,
    progress: outcome?.status === "complete" ? 1 : overallProgress(state),
  };
}

function paintedBy(state: JobState): string | null {
  if (state.startedAt === null) return null;
  const part =
    state.parts.find(({ phase }) => phase === "stored") ?? state.parts.find(({ submits }) => submits > 0);
  return (part && state.order.routes[part.route]?.provider) ?? null;
}

/** The mean over the images. A stored one counts whole; one nobody tells about counts nothing. */
function overallProgress(state: JobState): number | null {
  const known = state.parts.flatMap((part) => part.images.map((image) => imageProgress(part, image.phase)));
  if (known.every((progress) => progress === null)) return null;
  const sum = known.reduce<number>((total, progress) => total + (progress ?? 0), 0);
  return Math.round((sum / known.length) * 1000) / 1000;
}

function imageProgress(part: Part, phase: string): number | null {
  if (phase === "stored") return 1;
  return phase === "failed" ? null : part.progress;
}
