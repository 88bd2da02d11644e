import type { PollPlan } from "../pace/poll-plan.ts";
import type { CancelOutcome, FailureKind, Operation, RejectionCode } from "../provider.ts";
import type { WebhookEvent } from "../webhook/delivery.ts";
import type { ImageSource, Output } from "./state.ts";

/** A failed call, as plain data. */
export interface CallFailure {
  kind: FailureKind;
  reason: string;
  rejection?: RejectionCode;
  /** Milliseconds the provider asked us to wait. */
  retryAfterMs?: number;
}

interface StillRunning {
  status: "running";
  progress?: number;
  etaMs?: number;
  /** When to poll operations of this model, by what has been seen of it. */
  plan: PollPlan;
}
interface Painted {
  status: "done";
  images: ImageSource[];
}

/** Outcomes name the call they belong to; one whose call is no longer in flight changes nothing. */
export type JobEvent =
  /** A wake time came. */
  | { type: "woke" }
  /** The process that ran the calls is gone, and their outcomes with it. */
  | { type: "restarted" }
  /** The platform's alarm failed again and again, and will soon not be repeated any more. */
  | { type: "alarm-kept-failing" }
  /** The provider says that a part has something new. It is asked, never believed. */
  | { type: "poked"; part: number }
  | { type: "cancel-requested" }
  | { type: "delete-requested" }
  | {
      type: "submit-succeeded";
      part: number;
      call: number;
      answer: (StillRunning & { operation: Operation }) | Painted;
    }
  | { type: "submit-failed"; part: number; call: number; failure: CallFailure }
  | {
      type: "find-succeeded";
      part: number;
      call: number;
      answer: (StillRunning & { operation: Operation }) | Painted | { status: "absent" };
    }
  | { type: "find-failed"; part: number; call: number; failure: CallFailure }
  | {
      type: "poll-succeeded";
      part: number;
      call: number;
      answer: StillRunning | Painted | { status: "failed"; failure: CallFailure };
    }
  | { type: "poll-failed"; part: number; call: number; failure: CallFailure }
  | { type: "store-succeeded"; part: number; image: number; call: number; output: Output }
  | { type: "store-failed"; part: number; image: number; call: number; reason: string }
  /** A receiver has got an event. */
  | { type: "webhook-delivered"; event: WebhookEvent; tries: number }
  | { type: "duty-succeeded"; duty: number; call: number; outcome?: CancelOutcome }
  | { type: "duty-failed"; duty: number; call: number; reason: string };
