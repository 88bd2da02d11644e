import type { JobSummary, TimelineEntry } from "@bluehour/core";

/** What is left to tell of a job that has forgotten itself: that it was taken in, lost and refunded. */
export function timelineOfLost({
  createdAt,
  completedAt,
  creditsRefunded,
  failure,
}: JobSummary): TimelineEntry[] {
  const at = completedAt ?? createdAt;
  return [
    { at: createdAt, type: "queued" },
    { at, type: "errored", ...(failure ? { reason: failure.reason } : {}) },
    { at, type: "refunded", count: creditsRefunded },
  ];
}
