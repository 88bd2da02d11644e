import { asToldMs, backoffMs } from "./backoff.ts";
import { cancelUpstream } from "./end-job.ts";
import type { CallFailure, JobEvent } from "./event.ts";
import { failPart, fallBack, tryAgain } from "./fail-part.ts";
import { HEARTBEAT_MS, MAX_POLL_STRIKES, POKE_GAP_MS, POLL_LIMIT_MS } from "./limits.ts";
import { nextPollAt } from "./pace.ts";
import type { Part } from "./state.ts";
import { newIdentity, nextChance, notePart, remarkPart, routeOf, type Step } from "./step.ts";
import { receiveImages } from "./store-part.ts";

/** Asks how an operation is doing. Not durable: after a crash it is simply asked again. */
export function pollPart(step: Step, part: Part): void {
  const { state, now } = step;
  const call = newIdentity(step);
  part.call = call;
  part.polls += 1;
  part.polledAt = now;
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
    // When it was asked, not when the answer came: how long asking takes is no part of the render time.
    part.seenRunningAt = part.polledAt ?? now;
    const { plan, etaMs } = answer;
    const { callsBack } = routeOf(step.state, part);
    // A callback that came while the provider was asked may tell of what the answer did not know yet.
    const again = (part.pokedAt ?? 0) > (part.polledAt ?? 0);
    part.wakeAt = again
      ? now + POKE_GAP_MS
      : nextPollAt({ now, submittedAt: part.submittedAt ?? now, plan, etaMs, callsBack });
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
    // It may still be running, and must not beside that of the next route.
    cancelUpstream(step, part);
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

/**
 * The provider called back. What it says is not believed, only that there is something to ask about.
 *
 * @returns false if that changes nothing
 */
export function pokePart(step: Step, part: Part): boolean {
  const { now } = step;
  if (part.phase !== "submitting" && part.phase !== "running") return false;
  // While the provider has trouble, the next question waits as told or as backoff says.
  if (step.state.outcome || part.strikes > 0) return false;
  part.pokedAt = now;
  if (part.phase === "running" && part.call === null) {
    const allowedAt = Math.max(now, (part.polledAt ?? 0) + POKE_GAP_MS);
    part.wakeAt = Math.min(part.wakeAt ?? allowedAt, allowedAt);
  }
  return true;
}

/** Something to learn from, unless it is asked again for images that got lost on the way. */
function observeRender(step: Step, part: Part): void {
  const { submittedAt, seenRunningAt, polledAt, pokedAt } = part;
  if (submittedAt === null || part.images.some((image) => image.attempts > 0)) return;
  const route = routeOf(step.state, part);
  step.effects.push({
    type: "observe-render",
    route,
    silent: route.callsBack && pokedAt === null,
    // A callback comes at the end: nearly all the time before it was rendering.
    afterMs: Math.max(seenRunningAt ?? 0, pokedAt ?? 0, submittedAt) - submittedAt,
    byMs: Math.max(polledAt ?? step.now, pokedAt ?? 0) - submittedAt,
  });
}

/** Brings the polls counted in memory into the timeline. */
function notePolls(step: Step, part: Part): void {
  remarkPart(step, part, { type: "polled", count: part.polls });
  part.polls = 0;
}
