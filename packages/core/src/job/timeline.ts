/** Names are those of the wire. */
export type TimelineType =
  | "queued"
  | "submitted"
  | "accepted"
  | "polled"
  | "throttled"
  | "retried"
  | "looked_up"
  | "resubmitted"
  | "fell_back"
  | "refetched"
  | "stored"
  | "image_failed"
  | "part_failed"
  | "part_canceled"
  | "upstream_cancel"
  | "completed"
  | "errored"
  | "canceled"
  | "refunded"
  | "webhook_delivered"
  | "deleted";

/** Something that happened to a job. Holds no secrets: callers read it. */
export interface TimelineEntry {
  at: number;
  type: TimelineType;
  part?: number;
  provider?: string;
  /** Position of the image in the job, from 1 as in its file name. */
  image?: number;
  /** Clipped, secret-free. */
  reason?: string;
  /** Milliseconds until the next try. */
  waitMs?: number;
  /** Polls, or credits refunded. */
  count?: number;
  outcome?: string;
}

/** A job's record stays bounded however long a provider throttles it. */
const MAX_ENTRIES = 500;

/** Appends an entry; past the limit the oldest after the first goes. */
export function record(timeline: TimelineEntry[], entry: TimelineEntry): void {
  timeline.push(entry);
  if (timeline.length > MAX_ENTRIES) timeline.splice(1, 1);
}
