import { chance } from "./backoff.ts";
import type { JobEffect } from "./effect.ts";
import type { Route } from "./order.ts";
import type { JobImage, JobState, Part } from "./state.ts";
import { record, type TimelineEntry } from "./timeline.ts";

/** One transition under way: a private copy of the state, and what it has led to so far. */
export interface Step {
  readonly state: JobState;
  readonly now: number;
  readonly effects: JobEffect[];
  /** Something changed that must survive a crash. */
  durable: boolean;
}

/** Starts a step on a copy, so that the caller's state stays as it was. */
export function beginStep(state: JobState, now: number): Step {
  const copy: JobState = {
    ...state,
    parts: state.parts.map((part) => ({
      ...part,
      lost: part.lost && { ...part.lost },
      images: part.images.map((image) => ({ ...image })),
    })),
    duties: state.duties.map((duty) => ({ ...duty })),
    timeline: [...state.timeline],
  };
  return { state: copy, now, effects: [], durable: false };
}

/** A fresh identity for a call or a duty. */
export function newIdentity(step: Step): number {
  step.state.lastCall += 1;
  return step.state.lastCall;
}

export function routeOf(state: JobState, part: Part): Route {
  const route = state.order.routes[part.route];
  if (!route) throw new Error(`The order has no route ${part.route}`);
  return route;
}

/** The job's next chance, 0 up to 1: the same whenever the same step is taken again. */
export function nextChance(step: Step): number {
  return chance(step.state.order.seed, step.state.revision, step.state.lastCall, step.effects.length);
}

/** Writes into the timeline, which makes the step durable. */
export function note(step: Step, entry: Omit<TimelineEntry, "at">): void {
  record(step.state.timeline, { at: step.now, ...entry });
  step.durable = true;
}

type PartEntry = Omit<TimelineEntry, "at" | "part" | "provider">;

/** Writes what happened to a part, with the provider it happened at. */
export function notePart(step: Step, part: Part, entry: PartEntry): void {
  remarkPart(step, part, entry);
  step.durable = true;
}

/** The same for what a crash may forget: it is written down with the next change that must survive one. */
export function remarkPart(step: Step, part: Part, entry: PartEntry): void {
  const { provider } = routeOf(step.state, part);
  record(step.state.timeline, {
    at: step.now,
    ...entry,
    part: step.state.parts.indexOf(part),
    provider,
  });
}

/** Images of a part that still have to be painted. */
export function missingImages(part: Part): JobImage[] {
  return part.images.filter((image) => image.phase === "awaited" || image.phase === "storing");
}
