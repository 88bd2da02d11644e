import { asToldMs, backoffMs } from "./backoff.ts";
import { stopPart } from "./end-job.ts";
import type { CallFailure, JobEvent } from "./event.ts";
import { failPart, fallBack, submissionLost, submitLater, tryAgain } from "./fail-part.ts";
import { HEARTBEAT_MS, submitLimitMs } from "./limits.ts";
import { nextPollAt } from "./pace.ts";
import type { Part } from "./state.ts";
import { newIdentity, nextChance, notePart, routeOf, type Step } from "./step.ts";
import { receiveImages } from "./store-part.ts";

/** Writes down that a submit is about to be sent, and has it sent. */
export function submitPart(step: Step, part: Part): void {
  const { state, now } = step;
  const { order } = state;
  const route = routeOf(state, part);
  const index = state.parts.indexOf(part);
  const call = newIdentity(step);
  part.phase = "submitting";
  part.submits += 1;
  part.submittedAt = now;
  part.seenRunningAt = null;
  part.call = call;
  part.wakeAt = now + HEARTBEAT_MS;
  notePart(step, part, { type: "submitted" });
  const { imageCount: _, ...image } = order.image;
  step.effects.push({
    type: "submit",
    part: index,
    call,
    route,
    image: {
      ...image,
      model: route.model,
      count: part.images.length,
      firstIndex: part.images[0]?.index ?? 0,
      seed: order.seed,
    },
    idempotencyKey: `${order.id}.${index}.${part.generation}`,
    limitMs: submitLimitMs(route),
  });
}

/** The provider took the submit. */
export function submitSucceeded(
  step: Step,
  part: Part,
  answer: Extract<JobEvent, { type: "submit-succeeded" }>["answer"],
): void {
  const { state, now } = step;
  part.call = null;
  part.strikes = 0;
  if (state.outcome) {
    // The job ended meanwhile: what was just started is stopped, and what was painted is not stored.
    part.phase = answer.status === "running" ? "running" : "pending";
    part.operation = answer.status === "running" ? answer.operation : null;
    return stopPart(step, part);
  }
  state.startedAt ??= now;
  notePart(step, part, { type: "accepted" });
  if (answer.status === "done") return receiveImages(step, part, answer.images);
  part.phase = "running";
  part.operation = answer.operation;
  part.progress = answer.progress ?? null;
  part.wakeAt = nextPollAt({ now, submittedAt: now, plan: answer.plan, etaMs: answer.etaMs });
}

/** The submit failed, or nobody knows. */
export function submitFailed(step: Step, part: Part, failure: CallFailure): void {
  part.call = null;
  if (step.state.outcome) {
    part.phase = "pending";
    return stopPart(step, part);
  }
  switch (failure.kind) {
    case "rejected":
      return failPart(step, part, failure.rejection ?? "invalid_input", failure.reason);
    case "unauthorized":
      return fallBack(step, part, "provider_unauthorized", failure.reason);
    case "unavailable":
      return tryAgain(step, part, failure);
    case "unknown_outcome":
      return submissionLost(step, part, failure.reason);
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
