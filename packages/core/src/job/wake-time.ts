import type { JobState } from "./state.ts";

/**
 * When the job must be looked at next, in milliseconds since the Unix epoch: the earliest of its parts' and duties'
 * wake times and of its deadline or, once it has ended, of the end of its retention. A job that exists always has
 * one.
 */
export function wakeTime(state: JobState): number {
  const { order, outcome, deletedAt } = state;
  const times = state.duties.map((duty) => duty.wakeAt);
  for (const part of state.parts) if (part.wakeAt !== null) times.push(part.wakeAt);
  if (!outcome) times.push(order.deadlineAt);
  else if (deletedAt === null) times.push(outcome.at + order.retentionMs);
  return Math.min(...times);
}
