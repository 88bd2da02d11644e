import type { JobOrder } from "@bluehour/core";

/** What a create call asks of the account. */
export interface Admission {
  readonly order: Omit<JobOrder, "id">;
  /** The caller's key, and what it stands for: a hash of the request. */
  readonly idempotency: { readonly key: string; readonly fingerprint: string } | null;
  readonly creditsCharged: number;
}

/** How an account answers: plain data, since errors lose their type on the way out of a Durable Object. */
export type Admitted =
  | { readonly outcome: "created" | "replayed"; readonly id: string; readonly creditsCharged: number }
  | { readonly outcome: "idempotency_mismatch" };

/** What an account knows of a job. */
export type Known =
  | { readonly state: "unborn"; readonly order: JobOrder }
  | { readonly state: "born" }
  | { readonly state: "absent" };
