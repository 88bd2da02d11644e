import type * as z from "zod";
import { callBackLater } from "./call-back.ts";
import { type Answer, answerWithFault, type Exchange } from "./exchange.ts";
import type { FakeState, SubmitRecord } from "./fake-state.ts";
import { type Fault, isJobFault, ofCall } from "./fault.ts";
import { FaultBook, takeFrom } from "./fault-book.ts";
import { faultsOfPrompt } from "./fault-markers.ts";
import { Job, type JobRequest } from "./job.ts";

/** Price of an image: 5 credits, as Magic Hour's cheapest models. */
const CREDITS = 5;

export interface Submit {
  /** As it came, for the record. */
  readonly body: unknown;
  /** Where its markers stand, also if the request is refused. */
  readonly prompt: string;
  /** What it asks for, or how it is refused. */
  readonly request: JobRequest | Answer;
  /** Answers for the job; undefined if it has taken the exchange over. */
  accept(job: Job): Answer | undefined;
}

/** Takes a submit: records it, lets what is scripted go wrong, and begins the job. */
export function takeSubmit(state: FakeState, exchange: Exchange, submit: Submit): void {
  const { body, prompt, request, accept } = submit;
  const record: SubmitRecord = {
    atMs: state.now(),
    path: exchange.url.pathname,
    prompt,
    body,
    headers: exchange.request.headers,
    projectId: null,
    credits: 0,
    fault: null,
  };
  state.submits.push(record);

  const isSubmitFault = ofCall("submit");
  let marked: Fault[];
  try {
    marked = faultsOfPrompt(prompt);
  } catch (error) {
    answerWithFault(exchange, undefined, () => refusal(exchange, 400, String(error)));
    return;
  }
  const ofPrompt = state.byPrompt.get(prompt) ?? new FaultBook(marked.filter(isSubmitFault));
  state.byPrompt.set(prompt, ofPrompt);
  const fault = takeFrom([ofPrompt, state.scripted], isSubmitFault);
  record.fault = fault?.type ?? null;

  answerWithFault(exchange, fault, () => {
    if ("status" in request) return request;
    const job = new Job(request, {
      createdMs: state.now(),
      renderMs: state.renderMs,
      faults: [...marked.filter((other) => !isSubmitFault(other)), ...scriptedJobFaults(state)],
    });
    state.jobs.set(job.id, job);
    record.projectId = job.id;
    record.credits = request.count * CREDITS;
    callBackLater(state, job);
    return accept(job);
  });
}

function scriptedJobFaults(state: FakeState): Fault[] {
  const fault = state.scripted.take(isJobFault);
  return fault ? [fault] : [];
}

/** An error in the provider's own words. */
export function refusal(exchange: Exchange, status: number, message: string): Answer {
  return { status, body: exchange.errorBody(status, message) };
}

/** A refusal with what is wrong in the request. */
export function invalid(exchange: Exchange, status: number, error: z.ZodError): Answer {
  const issues = error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`);
  return refusal(exchange, status, issues.join("; "));
}
