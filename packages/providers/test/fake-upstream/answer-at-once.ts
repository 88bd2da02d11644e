import { type Answer, type Exchange, sendAnswer } from "./exchange.ts";
import type { FakeState } from "./fake-state.ts";
import type { Job } from "./job.ts";

/**
 * The answer of a provider that paints while its caller waits.
 *
 * @returns undefined if it takes its time: it answers later
 */
export function answerAtOnce(
  state: FakeState,
  exchange: Exchange,
  job: Job,
  answer: () => Answer,
): Answer | undefined {
  const leftMs = job.endsMs - state.now();
  if (leftMs <= 0) return answer();
  const timer = setTimeout(() => {
    state.timers.delete(timer);
    // A fault may have answered in its place.
    if (!exchange.response.headersSent) sendAnswer(exchange, answer());
  }, leftMs);
  state.timers.add(timer);
  return undefined;
}
