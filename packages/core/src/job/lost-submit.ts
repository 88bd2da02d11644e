import { asToldMs, backoffMs } from "./backoff.ts";
import { stopPart } from "./end-job.ts";
import type { CallFailure } from "./event.ts";
import { failPart, submitLater, tryAgain } from "./fail-part.ts";
import { imageCallOf } from "./image-call.ts";
import { ABSENCE_PAUSE_MS, FIND_LIMIT_MS, HEARTBEAT_MS, MAX_FINDS, MIN_ABSENCES } from "./limits.ts";
import type { Part } from "./state.ts";
import { newIdentity, nextChance, notePart, routeOf, type Step } from "./step.ts";

/**
 * A submit was sent and its answer lost. What became of it is found out where the provider lets us: by a look-up, or by
 * sending the same idempotency key again. Only where neither helps, the setting `UNKNOWN_SUBMISSION` decides.
 */
export function submissionLost(step: Step, part: Part, reason: string): void {
  part.lost = { reason, absences: 0 };
  part.strikes = 0;
  stillLost(step, part, { reason });
}

/** A try to find out what became of a lost submit has told nothing. */
export function stillLost(step: Step, part: Part, failure: Omit<CallFailure, "kind">): void {
  const { findable, idempotent } = routeOf(step.state, part);
  part.call = null;
  part.strikes += 1;
  // Of an ended job nothing is submitted any more, but what may be running can still be found, and stopped.
  const canKnow = findable || (idempotent && !step.state.outcome);
  if (!canKnow || part.strikes > MAX_FINDS) return decideUnknown(step, part);
  const waitMs =
    failure.retryAfterMs === undefined
      ? backoffMs(part.strikes, nextChance(step))
      : asToldMs(failure.retryAfterMs, nextChance(step));
  const remedy = findable ? "it is looked up" : "the same idempotency key is sent again";
  notePart(step, part, { type: "retried", reason: `${failure.reason}; ${remedy}`, waitMs });
  if (findable) findLater(step, part, waitMs);
  else submitLater(step, part, waitMs);
}

function findLater(step: Step, part: Part, waitMs: number): void {
  part.phase = "submitting";
  part.call = null;
  part.wakeAt = step.now + waitMs;
  step.durable = true;
}

/** Asks the provider what became of a lost submit. Not durable: after a crash it is simply asked again. */
export function findPart(step: Step, part: Part): void {
  const call = newIdentity(step);
  part.call = call;
  part.wakeAt = step.now + HEARTBEAT_MS;
  step.effects.push({ ...imageCallOf(step, part), type: "find", call, limitMs: FIND_LIMIT_MS });
}

/** The provider says that it has no such submit. Once it has said so often enough, another is safe. */
export function submitAbsent(step: Step, part: Part): void {
  const { lost } = part;
  if (!lost) throw new Error("Only a lost submit is looked up");
  part.call = null;
  lost.absences += 1;
  if (lost.absences < MIN_ABSENCES) return findLater(step, part, ABSENCE_PAUSE_MS);
  part.lost = null;
  part.strikes = 0;
  notePart(step, part, { type: "looked_up", outcome: "absent" });
  if (!step.state.outcome) return tryAgain(step, part, { reason: lost.reason });
  part.phase = "pending";
  stopPart(step, part);
}

function decideUnknown(step: Step, part: Part): void {
  const { order, outcome } = step.state;
  part.strikes = 0;
  if (outcome) {
    part.phase = "pending";
    return stopPart(step, part);
  }
  const reason = part.lost?.reason ?? "";
  part.lost = null;
  if (order.unknownSubmission === "fail" || part.resubmitted) {
    return failPart(step, part, "submission_unknown", reason);
  }
  part.resubmitted = true;
  part.generation += 1;
  const waitMs = backoffMs(1, nextChance(step));
  notePart(step, part, {
    type: "resubmitted",
    reason: `${reason}; upstream may have been paid twice`,
    waitMs,
  });
  submitLater(step, part, waitMs);
}
