import type { Operation } from "../provider.ts";
import type { WebhookEvent } from "../webhook/delivery.ts";
import type { JobSummary } from "./describe-job.ts";
import type { JobOrder, Route } from "./order.ts";
import type { TimelineEntry } from "./timeline.ts";

/** The version of snapshots written today. */
const STATE_VERSION = 1;

/** Why a job, or a part of it, ended without images. The names are those of `project.error.code`. */
export type FailureCode =
  | "content_rejected"
  | "invalid_input"
  | "provider_unavailable"
  | "provider_unauthorized"
  | "timed_out"
  | "bad_output"
  | "submission_unknown"
  | "internal";

export interface Failure {
  code: FailureCode;
  /** Short, free of secrets and raw upstream bodies. */
  reason: string;
}

/** Why what was not there by the job's deadline is not coming. */
export const TIMED_OUT: Failure = { code: "timed_out", reason: "The job did not finish before its deadline" };

/** Where the bytes of a painted image are: at an address, or in the memory of the process that received them. */
export type ImageSource =
  | { kind: "url"; url: string; headers?: Readonly<Record<string, string>> }
  | { kind: "held"; token: string };

/** A finished image, as it stands in the bucket. */
export interface Output {
  key: string;
  contentType: string;
  width: number;
  height: number;
  bytes: number;
  /** Hexadecimal. */
  sha256: string;
}

export interface JobImage {
  /** Position in the job, from 0. */
  readonly index: number;
  phase: "awaited" | "storing" | "stored" | "failed";
  source: ImageSource | null;
  output: Output | null;
  /** Times that storing it failed. */
  attempts: number;
  /** Identity of the store in flight. */
  call: number | null;
}

export type PartPhase = "pending" | "submitting" | "running" | "storing" | "stored" | "failed" | "canceled";

/** What is known of a submit whose answer was lost. */
interface LostSubmit {
  reason: string;
  /** Times that the provider said it had none such. */
  absences: number;
}

/** One upstream call and the images it is to bring. */
export interface Part {
  phase: PartPhase;
  images: JobImage[];
  /** Position in the order's routes. */
  route: number;
  /** Known failures of submits and operations on this route. */
  tries: number;
  /** Calls in a row that failed without ending the submit or the operation. */
  strikes: number;
  /** Submits sent, over all routes. */
  submits: number;
  /** Numbers the idempotency keys: the same until a submit's outcome is known. */
  generation: number;
  /** A submit of this generation whose answer was lost; null once its outcome is known, or given up. */
  lost: LostSubmit | null;
  /** An unknown outcome was already answered by submitting once more. */
  resubmitted: boolean;
  operation: Operation;
  submittedAt: number | null;
  /** When a poll last found it running; null since the submit. */
  seenRunningAt: number | null;
  /** When it was last polled; null since the submit. */
  polledAt: number | null;
  /** When the provider last called back; null since the submit. */
  pokedAt: number | null;
  /** Polls since the part last changed. */
  polls: number;
  progress: number | null;
  /** Identity of the submit or poll in flight. */
  call: number | null;
  /** When to look at it next; null once the part has ended. */
  wakeAt: number | null;
  failure: Failure | null;
}

/** Work that outlives the phases: what the job still owes to the outside. Tried until it succeeds. */
export type Duty = { id: number; attempts: number; wakeAt: number; call: number | null } & (
  | { kind: "cancel-upstream"; part: number; route: Route; operation: Operation }
  | { kind: "settle" }
  /** Tells an event to those who listen: the job as it was then. */
  | { kind: "announce"; event: WebhookEvent; job: JobSummary }
  | { kind: "remove-outputs"; images: number[] }
  | { kind: "erase" }
);

/** How the job ended. Set once, never changed. */
export interface Outcome {
  at: number;
  status: "complete" | "error" | "canceled";
  failure: Failure | null;
  /** Images whose credits go back to the account. */
  refundedImages: number;
}

/** The whole of what a job knows: one snapshot, written as one value. */
export interface JobState {
  version: typeof STATE_VERSION;
  order: JobOrder;
  /** Counts the changes that must survive a crash; polls that change nothing leave it alone. */
  revision: number;
  /** Source of call and duty identities. */
  lastCall: number;
  parts: Part[];
  duties: Duty[];
  /** Processes in a row that died while something of this job was in flight. */
  crashes: number;
  startedAt: number | null;
  outcome: Outcome | null;
  deletedAt: number | null;
  timeline: TimelineEntry[];
}

/** The state of a job that was just admitted. */
export function openJob(order: JobOrder, now: number): JobState {
  const indices = Array.from({ length: order.image.imageCount }, (_, index) => index);
  return {
    version: STATE_VERSION,
    order,
    revision: 1,
    lastCall: 0,
    parts: splitIntoParts(indices.map(awaitedImage), order, 0, now),
    duties: [],
    crashes: 0,
    startedAt: null,
    outcome: null,
    deletedAt: null,
    timeline: [{ at: order.createdAt, type: "queued" }],
  };
}

/**
 * Reads a stored snapshot.
 *
 * @throws Error for a version this code does not know: it was written by newer code, and guessing would lose what
 * that code meant
 */
export function readSnapshot(stored: JobState): JobState {
  if (stored.version !== STATE_VERSION) throw new Error(`Unknown job snapshot version ${stored.version}`);
  return stored;
}

/** One pending part for every `maxImagesPerCall` images of a route. */
export function splitIntoParts(images: JobImage[], order: JobOrder, route: number, wakeAt: number): Part[] {
  const size = order.routes[route]?.maxImagesPerCall ?? 1;
  return Array.from({ length: Math.ceil(images.length / size) }, (_, chunk) => ({
    phase: "pending",
    images: images.slice(chunk * size, (chunk + 1) * size),
    route,
    tries: 0,
    strikes: 0,
    submits: 0,
    generation: 0,
    lost: null,
    resubmitted: false,
    operation: null,
    submittedAt: null,
    seenRunningAt: null,
    polledAt: null,
    pokedAt: null,
    polls: 0,
    progress: null,
    call: null,
    wakeAt,
    failure: null,
  }));
}

function awaitedImage(index: number): JobImage {
  return { index, phase: "awaited", source: null, output: null, attempts: 0, call: null };
}

/** Whether a part never changes again. */
export function hasEnded(part: Part): boolean {
  return part.phase === "stored" || part.phase === "failed" || part.phase === "canceled";
}
