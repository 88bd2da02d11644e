import type { CancelOutcome, Operation } from "../provider.ts";
import type { WebhookEvent } from "../webhook/delivery.ts";
import { backoffMs } from "./backoff.ts";
import { type JobSummary, summarize } from "./describe-job.ts";
import { CANCEL_LIMIT_MS, HEARTBEAT_MS, MAX_CANCEL_ATTEMPTS } from "./limits.ts";
import type { Route } from "./order.ts";
import { type Duty, hasEnded } from "./state.ts";
import { newIdentity, nextChance, note, type Step } from "./step.ts";

type DutyTask =
  | { kind: "cancel-upstream"; part: number; route: Route; operation: Operation }
  | { kind: "settle" }
  | { kind: "announce"; event: WebhookEvent; job: JobSummary }
  | { kind: "remove-outputs"; images: number[] }
  | { kind: "erase" };

/** Takes on a duty, due at once. */
export function takeOn(step: Step, task: DutyTask): void {
  step.state.duties.push({ ...task, id: newIdentity(step), attempts: 0, wakeAt: step.now, call: null });
  step.durable = true;
}

/** Tells those who listen what has just happened, if there are any. */
export function announce(step: Step, event: WebhookEvent): void {
  const { webhooks, webhookUrl } = step.state.order;
  if (webhookUrl === null && !webhooks.some(({ events }) => events.includes(event))) return;
  takeOn(step, { kind: "announce", event, job: summarize(step.state) });
}

/** Starts the duties whose time has come; erasing waits until nothing else is left to do. */
export function startDueDuties(step: Step): void {
  const { state, now } = step;
  if (state.deletedAt !== null && state.duties.length === 0 && state.parts.every(hasEnded)) {
    takeOn(step, { kind: "erase" });
  }
  for (const duty of state.duties) {
    if (duty.wakeAt > now) continue;
    duty.wakeAt = now + HEARTBEAT_MS;
    if (duty.call !== null || isBehind(duty, state.duties)) continue;
    duty.call = newIdentity(step);
    startDuty(step, duty, duty.call);
  }
}

/** Events are told in their order: one waits until those before it are out. */
function isBehind(duty: Duty, all: readonly Duty[]): boolean {
  return duty.kind === "announce" && all.find(({ kind }) => kind === "announce") !== duty;
}

function startDuty(step: Step, duty: Duty, call: number): void {
  const { effects, state } = step;
  const identity = { duty: duty.id, call };
  switch (duty.kind) {
    case "cancel-upstream":
      effects.push({
        ...identity,
        type: "cancel-upstream",
        route: duty.route,
        operation: duty.operation,
        limitMs: CANCEL_LIMIT_MS,
      });
      return;
    case "settle":
      effects.push({ ...identity, type: "settle", settlement: settlementOf(step) });
      return;
    case "announce":
      effects.push({ ...identity, type: "announce", event: duty.event, job: duty.job });
      return;
    case "remove-outputs":
      effects.push({ ...identity, type: "remove-outputs", images: duty.images });
      return;
    case "erase":
      effects.push({ ...identity, type: "erase" });
      return;
    default:
      return unreachable(duty, state.order.id);
  }
}

function settlementOf({ state }: Step) {
  if (!state.outcome) throw new Error("Only an ended job is settled");
  return {
    jobId: state.order.id,
    status: state.outcome.status,
    creditsRefunded: summarize(state).creditsRefunded,
    deleted: state.deletedAt !== null,
  };
}

function unreachable(duty: never, jobId: string): never {
  throw new Error(`Unknown duty ${JSON.stringify(duty)} of job ${jobId}`);
}

function dutyInFlight(step: Step, id: number, call: number): Duty | undefined {
  return step.state.duties.find((duty) => duty.id === id && duty.call === call);
}

/** A duty is done. */
export function dutySucceeded(
  step: Step,
  id: number,
  call: number,
  outcome: CancelOutcome | undefined,
): void {
  const duty = dutyInFlight(step, id, call);
  if (duty) dismiss(step, duty, outcome ?? "unknown");
}

/** A duty failed: it is tried again, later and later; only a cancellation is given up after a while. */
export function dutyFailed(step: Step, id: number, call: number): void {
  const duty = dutyInFlight(step, id, call);
  if (!duty) return;
  duty.call = null;
  duty.attempts += 1;
  duty.wakeAt = step.now + backoffMs(duty.attempts, nextChance(step));
  step.durable = true;
  if (duty.kind === "cancel-upstream" && duty.attempts >= MAX_CANCEL_ATTEMPTS) dismiss(step, duty, "unknown");
}

function dismiss(step: Step, duty: Duty, outcome: CancelOutcome): void {
  step.state.duties = step.state.duties.filter(({ id }) => id !== duty.id);
  const next = duty.kind === "announce" && step.state.duties.find(({ kind }) => kind === "announce");
  if (next) next.wakeAt = step.now;
  step.durable = true;
  if (duty.kind === "cancel-upstream") {
    note(step, { type: "upstream_cancel", part: duty.part, provider: duty.route.provider, outcome });
  }
}

/** The process is gone: duties that were in flight are started again. */
export function restartDuties(step: Step): void {
  for (const duty of step.state.duties) {
    if (duty.call === null) continue;
    duty.call = null;
    duty.attempts += 1;
    duty.wakeAt = step.now + backoffMs(duty.attempts, nextChance(step));
    step.durable = true;
  }
}
