import type { RateLimit } from "@bluehour/contract";
import type { JobOrder, JobSummary } from "@bluehour/core";

/** What a create call asks of the account. */
export interface Admission {
  readonly order: Omit<JobOrder, "id" | "webhooks">;
  /** The token that asks; null for the operator, who needs no leave. */
  readonly tokenId: string | null;
  /** The caller's key, and what it stands for: a hash of the request. */
  readonly idempotency: { readonly key: string; readonly fingerprint: string } | null;
  readonly creditsCharged: number;
  readonly ratePerMinute: number;
}

/** How an account answers: plain data, since errors lose their type on the way out of a Durable Object. */
export type Admitted =
  | {
      readonly outcome: "created" | "replayed";
      readonly id: string;
      readonly creditsCharged: number;
      readonly rateLimit: RateLimit;
    }
  | Refusal;

/** Why a create was refused. Nothing was charged, and nothing counted against the rate limit. */
export type Refusal =
  | { readonly outcome: "unauthorized" | "idempotency_mismatch" }
  | { readonly outcome: "rate_limited"; readonly rateLimit: RateLimit }
  | { readonly outcome: "insufficient_credits"; readonly needed: number; readonly left: number };

/** What an account knows of a job. */
export type Known =
  | { readonly state: "unborn"; readonly order: JobOrder }
  /** The job knows itself. */
  | { readonly state: "born" }
  /** The job has forgotten itself, and was refunded. */
  | { readonly state: "lost"; readonly summary: JobSummary }
  | { readonly state: "absent" };

/** A job in the account's index. Its summary is known once it is settled; before that the job must be asked. */
export interface Listed {
  readonly id: string;
  readonly summary: JobSummary | null;
}
