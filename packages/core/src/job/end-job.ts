import { announce, takeOn } from "./duties.ts";
import { type Failure, hasEnded, type JobState, type Outcome, type Part, TIMED_OUT } from "./state.ts";
import { note, notePart, routeOf, type Step } from "./step.ts";

const ENDED_TYPE = { complete: "completed", error: "errored", canceled: "canceled" } as const;
const ENDED_EVENT = {
  complete: "image.completed",
  error: "image.errored",
  canceled: "image.canceled",
} as const;

/** Ends the job when its last part has ended: complete as soon as one image stands, and otherwise an error. */
export function endIfDone(step: Step): void {
  const { state } = step;
  if (state.outcome || !state.parts.every(hasEnded)) return;
  endJob(step, anyStored(state) ? "complete" : "error", firstFailure(state));
}

/** Ends the job at its deadline with what it has by then. */
export function endAtDeadline(step: Step): void {
  endJob(step, anyStored(step.state) ? "complete" : "error", TIMED_OUT);
}

/** Ends a job that seems to be what kills its process, instead of letting it go on doing so. */
export function endAsInternal(step: Step): void {
  endJob(step, "error", { code: "internal", reason: "The job stopped the service again and again" });
}

/** Ends the job because its caller no longer wants it. */
export function endCanceled(step: Step): void {
  endJob(step, "canceled", null);
}

/**
 * Ends the job: fixes the outcome and the refund, stops the parts that still run, and takes on what follows from
 * it. A call in flight keeps its part open until its answer is known, so that nothing upstream is forgotten.
 */
function endJob(step: Step, status: Outcome["status"], failure: Failure | null): void {
  const { state, now } = step;
  const undelivered = status === "complete" ? unstoredImages(state) : allImages(state);
  state.outcome = {
    at: now,
    status,
    failure: status === "error" ? failure : null,
    refundedImages: undelivered.length,
  };
  for (const part of state.parts) if (!hasEnded(part)) stopPart(step, part);

  note(step, {
    type: ENDED_TYPE[status],
    ...(status === "error" && failure ? { reason: failure.reason } : {}),
  });
  const refund = state.outcome.refundedImages * state.order.creditsPerImage;
  if (refund > 0) note(step, { type: "refunded", count: refund });
  takeOn(step, { kind: "settle" });
  announce(step, ENDED_EVENT[status]);
  // A store that died with its process may have landed all the same, so what nobody saw stored is removed too.
  if (undelivered.length > 0) takeOn(step, { kind: "remove-outputs", images: undelivered });
}

/** Takes a part of an ended job out of the way, unless a call of it is still in flight. */
export function stopPart(step: Step, part: Part): void {
  const inFlight = part.phase === "submitting" || part.images.some((image) => image.call !== null);
  if (inFlight) return;
  if (part.phase === "running") cancelUpstream(step, part);
  // It may be running all the same, but nobody knows as what.
  if (part.lost) notePart(step, part, { type: "upstream_cancel", outcome: "unknown" });
  part.phase = "canceled";
  part.call = null;
  part.wakeAt = null;
  notePart(step, part, { type: "part_canceled" });
}

/** Has an operation stopped that nobody wants any more, where its provider can be asked to. */
export function cancelUpstream(step: Step, part: Part): void {
  const route = routeOf(step.state, part);
  const index = step.state.parts.indexOf(part);
  if (route.cancelable) {
    takeOn(step, { kind: "cancel-upstream", part: index, route, operation: part.operation });
  } else {
    notePart(step, part, { type: "upstream_cancel", outcome: "unknown" });
  }
}

/** Deletes the job: outputs first, then everything known of it. */
export function deleteJob(step: Step): void {
  const { state, now } = step;
  if (!state.outcome) endCanceled(step);
  state.deletedAt = now;
  note(step, { type: "deleted" });
  takeOn(step, { kind: "settle" });
  takeOn(step, { kind: "remove-outputs", images: allImages(state) });
}

function anyStored(state: JobState): boolean {
  return state.parts.some((part) => part.images.some(({ phase }) => phase === "stored"));
}

function unstoredImages(state: JobState): number[] {
  const images = state.parts.flatMap((part) => part.images);
  return images.filter(({ phase }) => phase !== "stored").map(({ index }) => index);
}

function firstFailure(state: JobState): Failure {
  const failed = state.parts.find((part) => part.failure);
  return failed?.failure ?? { code: "internal", reason: "The job ended without an image" };
}

function allImages(state: JobState): number[] {
  return Array.from({ length: state.order.image.imageCount }, (_, index) => index);
}
