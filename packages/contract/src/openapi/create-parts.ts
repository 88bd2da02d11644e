import * as z from "zod";
import { idempotencyKeySchema } from "../idempotency-key.ts";
import { MAX_WAIT_SECONDS } from "../prefer.ts";
import type { Parameter } from "./operation.ts";

export const PREFER: Parameter = {
  in: "header",
  name: "Prefer",
  description: `\`wait=N\` holds the answer until the job has ended, up to ${MAX_WAIT_SECONDS} seconds (RFC 7240)`,
  schema: z.string(),
  example: "wait=30",
};

export const PREFERENCE_APPLIED = { "Preference-Applied": "The wait that was granted, if one was asked for" };

export const IDEMPOTENT_REPLAYED = {
  "Idempotent-Replayed": "`true` for what was done before, and only once",
};

/** What every create takes beside its body. */
export const CREATE_PARAMETERS: readonly Parameter[] = [
  {
    in: "header",
    name: "Idempotency-Key",
    description: "Names this creation for 24 hours: the same key and body answer the first response again",
    schema: idempotencyKeySchema,
    example: "order-4711",
  },
  PREFER,
];

/** What the answer to every create says in its headers. */
export const CREATE_HEADERS = {
  Location: "Where the job is",
  ...IDEMPOTENT_REPLAYED,
  RateLimit: "What is left of the account's rate limit (IETF draft)",
  "RateLimit-Policy": "The account's rate limit (IETF draft)",
  ...PREFERENCE_APPLIED,
};
