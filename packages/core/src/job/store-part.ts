import { backoffMs } from "./backoff.ts";
import { takeOn } from "./duties.ts";
import { endIfDone, stopPart } from "./end-job.ts";
import { HEARTBEAT_MS, MAX_STORE_ATTEMPTS, STORE_LIMIT_MS } from "./limits.ts";
import { submissionLost } from "./lost-submit.ts";
import type { ImageSource, JobImage, Output, Part } from "./state.ts";
import { newIdentity, nextChance, notePart, routeOf, type Step } from "./step.ts";

/** The images are painted: has those stored that the part still lacks. An image that did not come has failed. */
export function receiveImages(step: Step, part: Part, sources: ImageSource[]): void {
  part.phase = "storing";
  part.progress = 1;
  part.images.forEach((image, position) => {
    if (image.phase !== "awaited") return;
    image.source = sources[position] ?? null;
    if (image.source) storeImage(step, part, image);
    else loseImage(step, part, image, "The provider returned fewer images than asked for");
  });
  closeIfSettled(step, part);
}

/** Has the images stored whose sources are known; for the retry of a provider that cannot be asked again. */
export function storeAwaited(step: Step, part: Part): void {
  for (const image of part.images)
    if (image.phase === "awaited" && image.source) storeImage(step, part, image);
}

function storeImage(step: Step, part: Part, image: JobImage): void {
  const { source } = image;
  if (!source) throw new Error("An image without a source cannot be stored");
  const call = newIdentity(step);
  image.phase = "storing";
  image.call = call;
  part.wakeAt = step.now + HEARTBEAT_MS;
  // After a crash a provider that is polled is asked again: that saves most jobs a write. One that calls back is not asked
  // for long, so that the heartbeat is needed.
  if (!canBeAsked(step, part) || routeOf(step.state, part).callsBack) step.durable = true;
  const index = step.state.parts.indexOf(part);
  step.effects.push({
    type: "store",
    part: index,
    image: image.index,
    call,
    source,
    limitMs: STORE_LIMIT_MS,
  });
}

/** An image stands in the bucket. */
export function storeSucceeded(step: Step, part: Part, image: JobImage, output: Output): void {
  image.call = null;
  image.source = null;
  if (step.state.outcome) {
    // The job ended meanwhile, without this image.
    image.phase = "failed";
    takeOn(step, { kind: "remove-outputs", images: [image.index] });
    return stopPart(step, part);
  }
  image.phase = "stored";
  image.output = output;
  notePart(step, part, { type: "stored", image: image.index + 1 });
  closeIfSettled(step, part);
}

/** An image could not be fetched, or is not one. It is fetched anew a few times before it fails. */
export function storeFailed(step: Step, part: Part, image: JobImage, reason: string): void {
  image.call = null;
  if (step.state.outcome) {
    image.phase = "failed";
    // Whatever it has come to: what was under way may have landed after all else was removed.
    takeOn(step, { kind: "remove-outputs", images: [image.index] });
    return stopPart(step, part);
  }
  image.attempts += 1;
  if (image.attempts >= MAX_STORE_ATTEMPTS) {
    loseImage(step, part, image, reason);
  } else {
    image.phase = "awaited";
    notePart(step, part, { type: "refetched", image: image.index + 1, reason });
  }
  closeIfSettled(step, part);
}

function loseImage(step: Step, part: Part, image: JobImage, reason: string): void {
  Object.assign(image, { phase: "failed", source: null, call: null });
  part.failure = { code: "bad_output", reason };
  notePart(step, part, { type: "image_failed", image: image.index + 1, reason });
}

/** Once no store is in flight: ends the part, or sets out to fetch anew what failed. */
function closeIfSettled(step: Step, part: Part): void {
  if (part.images.some((image) => image.phase === "storing")) return;
  const awaited = part.images.filter((image) => image.phase === "awaited");
  if (awaited.length > 0) return fetchAgain(step, part, awaited);
  part.phase = part.images.some((image) => image.phase === "stored") ? "stored" : "failed";
  part.wakeAt = null;
  step.durable = true;
  endIfDone(step);
}

function fetchAgain(step: Step, part: Part, awaited: JobImage[]): void {
  const attempts = Math.max(1, ...awaited.map((image) => image.attempts));
  const wakeAt = step.now + backoffMs(attempts, nextChance(step));
  step.durable = true;
  if (canBeAsked(step, part)) {
    // Asking again also brings fresh addresses where the old ones have expired.
    part.phase = "running";
    part.wakeAt = wakeAt;
    return;
  }
  // Otherwise it is stored from the address or the memory that it was in before.
  part.wakeAt = wakeAt;
}

/** Whether the provider can be asked for the images again: it must work in the background, and have said as what. */
function canBeAsked(step: Step, part: Part): boolean {
  return routeOf(step.state, part).pollable && part.operation !== null;
}

/** The process is gone, and with it the stores in flight and the bytes held in its memory. */
export function restartStores(step: Step, part: Part): void {
  for (const image of part.images) {
    if (image.phase !== "storing") continue;
    image.call = null;
    image.phase = "awaited";
    if (step.state.outcome) takeOn(step, { kind: "remove-outputs", images: [image.index] });
  }
  step.durable = true;
  if (step.state.outcome) return stopPart(step, part);
  const lost = part.images.some((image) => image.phase === "awaited" && image.source?.kind === "held");
  if (lost && !canBeAsked(step, part)) {
    return submissionLost(step, part, "The service stopped before it had stored what the provider sent");
  }
  closeIfSettled(step, part);
}
