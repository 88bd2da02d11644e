import type { ImageCall, Operation } from "../provider.ts";
import type { WebhookEvent } from "../webhook/delivery.ts";
import type { JobSummary } from "./describe-job.ts";
import type { InputReference, Route } from "./order.ts";
import type { ImageSource } from "./state.ts";

/** What the account must know of a job's end. Idempotent: it says what is, not what changed. */
export interface Settlement {
  jobId: string;
  status: "complete" | "error" | "canceled";
  /** Credits that go back, out of those charged at creation. */
  creditsRefunded: number;
  deleted: boolean;
}

/** A call whose inputs the shell has yet to make available to the provider. */
export interface OrderedCall extends Omit<ImageCall, "inputs"> {
  readonly inputs: readonly InputReference[];
}

/**
 * What the shell is to do. Each is answered by exactly one event that carries its `call`, but for two: `erase`, when
 * it succeeds, since then nobody is left to tell, and `observe-render`, which nobody waits for.
 */
export type JobEffect =
  | {
      type: "submit";
      part: number;
      call: number;
      route: Route;
      image: OrderedCall;
      idempotencyKey: string;
      limitMs: number;
    }
  | {
      type: "find";
      part: number;
      call: number;
      route: Route;
      image: OrderedCall;
      idempotencyKey: string;
      limitMs: number;
    }
  | { type: "poll"; part: number; call: number; route: Route; operation: Operation; limitMs: number }
  | {
      type: "store";
      part: number;
      image: number;
      call: number;
      source: ImageSource;
      limitMs: number;
    }
  | {
      type: "cancel-upstream";
      duty: number;
      call: number;
      route: Route;
      operation: Operation;
      limitMs: number;
    }
  | { type: "settle"; duty: number; call: number; settlement: Settlement }
  | { type: "announce"; duty: number; call: number; event: WebhookEvent; job: JobSummary }
  | { type: "remove-outputs"; duty: number; call: number; images: number[] }
  | { type: "erase"; duty: number; call: number }
  /**
   * A render ended between two polls, at these ages in milliseconds: something to learn from. `silent`: its provider was
   * to call back, and did not.
   */
  | { type: "observe-render"; route: Route; afterMs: number; byMs: number; silent: boolean };
