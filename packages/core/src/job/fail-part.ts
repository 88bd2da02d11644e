import { backoffMs } from "./backoff.ts";
import { endIfDone } from "./end-job.ts";
import type { CallFailure } from "./event.ts";
import { MAX_TRIES } from "./limits.ts";
import { type FailureCode, type Part, splitIntoParts } from "./state.ts";
import { missingImages, nextChance, notePart, type Step } from "./step.ts";

/** Ends a part without the images it still lacks; those it already has stay. */
export function failPart(step: Step, part: Part, code: FailureCode, reason: string): void {
  for (const image of missingImages(part)) failImage(part.images.indexOf(image), part);
  part.failure = { code, reason };
  part.phase = part.images.some((image) => image.phase === "stored") ? "stored" : "failed";
  part.call = null;
  part.wakeAt = null;
  notePart(step, part, { type: "part_failed", reason: `${code}: ${reason}` });
  endIfDone(step);
}

function failImage(position: number, part: Part): void {
  const image = part.images[position];
  if (image) Object.assign(image, { phase: "failed", source: null, call: null });
}

/** Back to pending, to be submitted anew after a while. */
export function submitLater(step: Step, part: Part, waitMs: number): void {
  part.phase = "pending";
  part.call = null;
  part.operation = null;
  part.progress = null;
  part.wakeAt = step.now + waitMs;
  step.durable = true;
}

/** A submit or an operation is known to have failed: try this route again, then the next. */
export function tryAgain(step: Step, part: Part, failure: Omit<CallFailure, "kind">): void {
  part.tries += 1;
  part.generation += 1;
  if (part.tries >= MAX_TRIES) return fallBack(step, part, "provider_unavailable", failure.reason);
  const waitMs = Math.max(failure.retryAfterMs ?? 0, backoffMs(part.tries, nextChance(step)));
  notePart(step, part, { type: "retried", reason: failure.reason, waitMs });
  submitLater(step, part, waitMs);
}

/**
 * Hands what a part still lacks to the model's next route; without one the part fails. A route that paints fewer
 * images a call gets several parts.
 */
export function fallBack(step: Step, part: Part, code: FailureCode, reason: string): void {
  const { state, now } = step;
  const next = part.route + 1;
  const target = state.order.routes[next];
  if (!target) return failPart(step, part, code, reason);
  notePart(step, part, { type: "fell_back", reason, outcome: target.provider });

  const missing = missingImages(part).map((image) => ({
    ...image,
    phase: "awaited" as const,
    source: null,
    call: null,
  }));
  const [first, ...others] = splitIntoParts(missing, state.order, next, now);
  if (!first) throw new Error("A part that lacks nothing does not fall back");
  const finished = part.images.filter((image) => image.phase === "stored" || image.phase === "failed");
  if (finished.length > 0) {
    part.images = finished;
    part.phase = finished.some((image) => image.phase === "stored") ? "stored" : "failed";
    part.failure = { code, reason };
    part.call = null;
    part.wakeAt = null;
    state.parts.push(first, ...others);
  } else {
    // The part lives on, and with it the count of its submits and the numbers of its idempotency keys.
    const { submits, generation, resubmitted } = part;
    Object.assign(part, first, { submits, generation: generation + 1, resubmitted });
    state.parts.push(...others);
  }
  step.durable = true;
}
