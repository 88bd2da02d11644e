import { asToldMs, backoffMs } from "./backoff.ts";
import type { CallFailure, JobEvent } from "./event.ts";
import { failPart, fallBack, tryAgain } from "./fail-part.ts";
import { HEARTBEAT_MS, MAX_POLL_STRIKES, POLL_LIMIT_MS } from "./limits.ts";
import { nextPollAt } from "./pace.ts";
import type { Part } from "./state.ts";
import { newIdentity, nextChance, notePart, routeOf, type Step } from "./step.ts";
import { receiveImages } from "./store-part.ts";

/** Asks how an operation is doing. Not durable: after a crash it is simply asked again. */
export function pollPart(step: Step, part: Part): void {
  const { state, now } = step;
  const call = newIdentity(step);
  part.call = call;
  part.polls += 1;
  part.wakeAt = now + HEARTBEAT_MS;
  const route = routeOf(state, part);
  const { operation } = part;
  step.effects.push({
    type: "poll",
    part: state.parts.indexOf(part),
    call,
    route,
    operation,
    limitMs: POLL_LIMIT_MS,
  });
}

/** The provider told how the operation is doing. */
export function pollSucceeded(
  step: Step,
  part: Part,
  answer: Extract<JobEvent, { type: "poll-succeeded" }>["answer"],
): void {
  const { now } = step;
  part.call = null;
  part.strikes = 0;
  if (answer.status === "running") {
    part.progress = answer.progress ?? part.progress;
    part.seenRunningAt = now;
    const { plan, etaMs } = answer;
    part.wakeAt = nextPollAt({ now, submittedAt: part.submittedAt ?? now, plan, etaMs });
    return;
  }
  notePolls(step, part);
  if (answer.status === "done") {
    observeRender(step, part);
    return receiveImages(step, part, answer.images);
  }
  const { failure } = answer;
  if (failure.kind === "rejected") {
    return failPart(step, part, failure.rejection ?? "invalid_input", failure.reason);
  }
  if (failure.kind === "unauthorized") return fallBack(step, part, "provider_unauthorized", failure.reason);
  tryAgain(step, part, failure);
}

/** The question failed; of the operation itself nothing new is known. */
export function pollFailed(step: Step, part: Part, failure: CallFailure): void {
  part.call = null;
  part.strikes += 1;
  const random = nextChance(step);
  if (failure.kind === "rejected") {
    notePolls(step, part);
    return failPart(step, part, failure.rejection ?? "invalid_input", failure.reason);
  }
  if (failure.kind === "unauthorized" || (failure.kind !== "throttled" && part.strikes >= MAX_POLL_STRIKES)) {
    notePolls(step, part);
    const code = failure.kind === "unauthorized" ? "provider_unauthorized" : "provider_unavailable";
    return fallBack(step, part, code, failure.reason);
  }
  const waitMs =
    failure.retryAfterMs === undefined
      ? backoffMs(part.strikes, random)
      : asToldMs(failure.retryAfterMs, random);
  part.wakeAt = step.now + waitMs;
  if (failure.kind === "throttled")
    notePart(step, part, { type: "throttled", reason: failure.reason, waitMs });
  // Only the first of a row is written down: a trace of the trouble for one write.
  else if (part.strikes === 1) notePart(step, part, { type: "retried", reason: failure.reason, waitMs });
}

/** Something to learn from, unless it is asked again for images that got lost on the way. */
function observeRender(step: Step, part: Part): void {
  const { submittedAt, seenRunningAt } = part;
  if (submittedAt === null || part.images.some((image) => image.attempts > 0)) return;
  step.effects.push({
    type: "observe-render",
    route: routeOf(step.state, part),
    afterMs: (seenRunningAt ?? submittedAt) - submittedAt,
    byMs: step.now - submittedAt,
  });
}

/** Brings the polls counted in memory into the timeline. */
function notePolls(step: Step, part: Part): void {
  notePart(step, part, { type: "polled", count: part.polls });
  part.polls = 0;
}
