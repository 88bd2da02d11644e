import { type JobOrder, nextPollAge, type RenderMemory } from "@bluehour/core";

/**
 * How old a job will be, in milliseconds, when its first poll is due, unless its provider says something else.
 *
 * @returns null for a provider that is not polled, or only in case that its callback gets lost
 */
export function firstPollAge({ id, routes }: JobOrder, renders: RenderMemory): number | null {
  const [route] = routes;
  if (!route?.pollable || route.callsBack) return null;
  return Math.round(nextPollAge(renders.planFor(route, id), 0));
}
