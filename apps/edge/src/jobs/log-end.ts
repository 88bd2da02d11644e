import { type JobState, summarize } from "@bluehour/core";
import { log } from "../log.ts";

/** Writes down how a job ended: one line, without its prompt. */
export function logEnd(state: JobState): void {
  const { status, failure, creditsRefunded } = summarize(state);
  log("info", "job ended", {
    job_id: state.order.id,
    account_id: state.order.accountId,
    status,
    code: failure?.code,
    credits_refunded: creditsRefunded,
  });
}
