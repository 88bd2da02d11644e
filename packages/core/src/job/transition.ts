import { dutyFailed, dutySucceeded, restartDuties, startDueDuties } from "./duties.ts";
import type { JobEffect } from "./effect.ts";
import { deleteJob, endAsInternal, endAtDeadline, endCanceled } from "./end-job.ts";
import type { JobEvent } from "./event.ts";
import { HEARTBEAT_MS, MAX_CRASHES } from "./limits.ts";
import { findPart, stillLost, submissionLost, submitAbsent } from "./lost-submit.ts";
import { pokePart, pollFailed, pollPart, pollSucceeded } from "./poll-part.ts";
import type { JobImage, JobState, Part, PartPhase } from "./state.ts";
import { beginStep, note, routeOf, type Step } from "./step.ts";
import { restartStores, storeAwaited, storeFailed, storeSucceeded } from "./store-part.ts";
import { submitFailed, submitPart, submitSucceeded } from "./submit-part.ts";

export interface Transition {
  state: JobState;
  effects: JobEffect[];
}

/**
 * The mind of a job: what it becomes when something happens, and what is to be done about it. Pure; the same
 * arguments give the same answer. The state passed in is left as it is, and comes back itself when nothing changed.
 *
 * A new `revision` means that the state must be written before the effects run. Without one only things changed
 * that a crash may forget, such as the count of polls, or that follow from the clock.
 *
 * @param now - milliseconds since the Unix epoch
 */
export function transition(state: JobState, event: JobEvent, now: number): Transition {
  const step = beginStep(state, now);
  if (!apply(step, event)) return { state, effects: [] };
  startDue(step);
  if (step.durable && !isExpired(state, now)) step.state.revision += 1;
  return { state: step.state, effects: step.effects };
}

/** Whether a job's retention was over before. What then becomes of it follows from the clock, after a crash too. */
function isExpired({ outcome, order }: JobState, now: number): boolean {
  return outcome !== null && now >= outcome.at + order.retentionMs;
}

/** @returns false for an event that says nothing new */
function apply(step: Step, event: JobEvent): boolean {
  const { state } = step;
  switch (event.type) {
    case "woke":
      return wake(step);
    case "restarted":
      return restart(step);
    case "alarm-kept-failing":
      if (state.outcome) return false;
      endAsInternal(step);
      return true;
    case "poked": {
      const part = state.parts[event.part];
      return part !== undefined && pokePart(step, part);
    }
    case "cancel-requested":
      if (state.outcome) return false;
      endCanceled(step);
      return true;
    case "delete-requested":
      if (state.deletedAt !== null) return false;
      deleteJob(step);
      return true;
    case "submit-succeeded":
      return inCall(step, event, "submitting", (part) => submitSucceeded(step, part, event.answer));
    case "submit-failed":
      return inCall(step, event, "submitting", (part) => submitFailed(step, part, event.failure));
    case "find-succeeded": {
      const { answer } = event;
      return inCall(step, event, "submitting", (part) =>
        answer.status === "absent" ? submitAbsent(step, part) : submitSucceeded(step, part, answer),
      );
    }
    case "find-failed":
      return inCall(step, event, "submitting", (part) => stillLost(step, part, event.failure));
    case "poll-succeeded":
      return inCall(step, event, "running", (part) => pollSucceeded(step, part, event.answer));
    case "poll-failed":
      return inCall(step, event, "running", (part) => pollFailed(step, part, event.failure));
    case "store-succeeded":
      return inStore(step, event, (part, image) => storeSucceeded(step, part, image, event.output));
    case "store-failed":
      return inStore(step, event, (part, image) => storeFailed(step, part, image, event.reason));
    case "webhook-delivered":
      if (state.deletedAt !== null) return false;
      note(step, { type: "webhook_delivered", outcome: event.event, count: event.tries });
      return true;
    case "duty-succeeded":
      dutySucceeded(step, event.duty, event.call, event.outcome);
      return step.durable;
    case "duty-failed":
      dutyFailed(step, event.duty, event.call);
      return step.durable;
  }
}

function inCall(
  step: Step,
  event: { part: number; call: number },
  phase: PartPhase,
  act: (part: Part) => void,
) {
  const part = step.state.parts[event.part];
  if (!part || part.phase !== phase || part.call !== event.call) return false;
  act(part);
  if (phase === "submitting") noteProgress(step);
  return true;
}

function inStore(
  step: Step,
  event: { part: number; image: number; call: number },
  act: (part: Part, image: JobImage) => void,
) {
  const part = step.state.parts[event.part];
  const image = part?.images.find(({ index }) => index === event.image);
  if (!part || !image || image.call !== event.call) return false;
  act(part, image);
  noteProgress(step);
  return true;
}

/** An answer arrived, whatever it says: this process lives on. */
function noteProgress(step: Step): void {
  step.state.crashes = 0;
  step.durable = true;
}

function wake(step: Step): boolean {
  const { state, now } = step;
  if (!state.outcome) {
    if (now >= state.order.deadlineAt) endAtDeadline(step);
  } else if (state.deletedAt === null && isExpired(state, now)) {
    deleteJob(step);
  }
  return true;
}

/** After a crash nothing is in flight, whatever the state says. */
function restart(step: Step): boolean {
  const { state, now } = step;
  restartDuties(step);
  if (state.parts.some((part) => isAtWork(state, part))) {
    state.crashes += 1;
    step.durable = true;
    if (!state.outcome && state.crashes >= MAX_CRASHES) endAsInternal(step);
  }
  for (const part of [...state.parts]) {
    if (part.phase === "submitting" && isLookedUp(state, part)) {
      part.call = null;
      part.wakeAt = now;
    } else if (part.phase === "submitting") {
      submissionLost(step, part, "The service stopped before the answer to a submit came");
    } else if (part.phase === "storing") {
      restartStores(step, part);
    } else if (part.phase === "running" && part.call !== null) {
      part.call = null;
      part.wakeAt = now;
    }
  }
  return true;
}

/**
 * Whether a part had something under way that the process may have died of; waiting and asking are not suspected. A
 * store of what was polled is not known any more: of a job that dies of that, the alarm keeps failing.
 */
function isAtWork(state: JobState, part: Part): boolean {
  const submits = part.phase === "submitting" && part.call !== null && !isLookedUp(state, part);
  return submits || part.images.some(({ call }) => call !== null);
}

/** Whether a part's submit was lost, and its provider is asked what became of it. */
function isLookedUp(state: JobState, part: Part): boolean {
  return part.lost !== null && routeOf(state, part).findable;
}

/** Starts whatever is due. Runs after every event, so that one thing leads to the next without a detour. */
function startDue(step: Step): void {
  const { state, now } = step;
  for (const part of state.parts) {
    if (part.wakeAt === null || part.wakeAt > now) continue;
    if (part.phase === "pending") submitPart(step, part);
    else if (part.phase === "submitting" && part.call === null) findPart(step, part);
    else if (part.phase === "running" && part.call === null) pollPart(step, part);
    else if (part.phase === "storing" && part.images.every((image) => image.call === null))
      storeAwaited(step, part);
    else part.wakeAt = now + HEARTBEAT_MS;
  }
  startDueDuties(step);
}
