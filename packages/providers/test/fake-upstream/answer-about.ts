import { type Answer, answerWithFault, type Exchange } from "./exchange.ts";
import type { FakeState } from "./fake-state.ts";
import { ofCall } from "./fault.ts";
import { takeFrom } from "./fault-book.ts";
import type { Job } from "./job.ts";
import { refusal } from "./take-submit.ts";

/**
 * Answers a question about a job, or one to stop it, unless a fault meets it. A job that is not known is 404.
 *
 * @param id - undefined for questions that name no job
 */
export function answerAbout(
  state: FakeState,
  exchange: Exchange,
  call: "poll" | "delete",
  id: string | undefined,
  answer: (job: Job) => Answer | undefined,
): void {
  const job = state.jobs.get(id ?? "");
  const fault = takeFrom([job?.faults, state.scripted], ofCall(call));
  answerWithFault(exchange, fault, () => (job?.isKnown ? answer(job) : refusal(exchange, 404, "Not Found")));
}
