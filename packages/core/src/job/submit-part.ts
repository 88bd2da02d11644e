import { asToldMs, backoffMs } from "./backoff.ts";
import { announce } from "./duties.ts";
import { stopPart } from "./end-job.ts";
import type { CallFailure, JobEvent } from "./event.ts";
import { failPart, fallBack, submitLater, tryAgain } from "./fail-part.ts";
import { imageCallOf } from "./image-call.ts";
import { HEARTBEAT_MS, submitLimitMs } from "./limits.ts";
import { stillLost, submissionLost } from "./lost-submit.ts";
import { nextPollAt } from "./pace.ts";
import type { Part } from "./state.ts";
import { newIdentity, nextChance, notePart, routeOf, type Step } from "./step.ts";
import { receiveImages } from "./store-part.ts";

/** Writes down that a submit is about to be sent, and has it sent. */
export function submitPart(step: Step, part: Part): void {
  const { now } = step;
  const call = newIdentity(step);
  part.phase = "submitting";
  part.submits += 1;
  part.submittedAt = now;
  part.seenRunningAt = null;
  part.polledAt = null;
  part.pokedAt = null;
  part.call = call;
  part.wakeAt = now + HEARTBEAT_MS;
  notePart(step, part, { type: "submitted" });
  const asked = imageCallOf(step, part);
  step.effects.push({ ...asked, type: "submit", call, limitMs: submitLimitMs(asked.route) });
}

/** The provider took the submit, as it says itself or as a look-up has shown. */
export function submitSucceeded(
  step: Step,
  part: Part,
  answer: Extract<JobEvent, { type: "submit-succeeded" }>["answer"],
): void {
  const { state, now } = step;
  part.call = null;
  part.strikes = 0;
  if (part.lost) notePart(step, part, { type: "looked_up", outcome: "found" });
  part.lost = null;
  if (state.outcome) {
    // The job ended meanwhile: what was just started is stopped, and what was painted is not stored.
    part.phase = answer.status === "running" ? "running" : "pending";
    part.operation = answer.status === "running" ? answer.operation : null;
    return stopPart(step, part);
  }
  const first = state.startedAt === null;
  state.startedAt ??= now;
  notePart(step, part, { type: "accepted" });
  if (first) announce(step, "image.started");
  if (answer.status === "done") return receiveImages(step, part, answer.images);
  part.phase = "running";
  part.operation = answer.operation;
  part.progress = answer.progress ?? null;
  const { callsBack } = routeOf(state, part);
  const { plan, etaMs } = answer;
  part.wakeAt =
    part.pokedAt === null
      ? nextPollAt({ now, submittedAt: part.submittedAt ?? now, plan, etaMs, callsBack })
      : now;
}

/** The submit failed, or nobody knows. */
export function submitFailed(step: Step, part: Part, failure: CallFailure): void {
  part.call = null;
  if (failure.kind === "unknown_outcome") return submissionLost(step, part, failure.reason);
  if (step.state.outcome) {
    part.phase = "pending";
    return stopPart(step, part);
  }
  // A refusal of the same key again says nothing of the submit before, unless it is of what was asked for.
  if (part.lost && failure.kind !== "rejected") return stillLost(step, part, failure);
  switch (failure.kind) {
    case "rejected":
      return failPart(step, part, failure.rejection ?? "invalid_input", failure.reason);
    case "unauthorized":
      return fallBack(step, part, "provider_unauthorized", failure.reason);
    case "unavailable":
      return tryAgain(step, part, failure);
    case "throttled":
      return submitThrottled(step, part, failure);
  }
}

function submitThrottled(step: Step, part: Part, failure: CallFailure): void {
  const { state, now } = step;
  part.strikes += 1;
  part.generation += 1;
  const waitMs =
    failure.retryAfterMs === undefined
      ? backoffMs(part.strikes, nextChance(step))
      : asToldMs(failure.retryAfterMs, nextChance(step));
  // Waiting past the deadline helps nobody if somebody else could paint.
  if (now + waitMs >= state.order.deadlineAt && state.order.routes[part.route + 1]) {
    return fallBack(step, part, "provider_unavailable", failure.reason);
  }
  notePart(step, part, { type: "throttled", reason: failure.reason, waitMs });
  submitLater(step, part, waitMs);
}
