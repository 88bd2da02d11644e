/**
 * Every error an endpoint can answer: its code, the HTTP status it travels with and what it means. The one
 * registry; a code that is not here cannot be thrown.
 */
export const API_ERRORS = {
  invalid_request: { status: 400, message: "The request is invalid" },
  unauthorized: { status: 401, message: "Unauthorized" },
  insufficient_credits: { status: 402, message: "Not enough credits" },
  forbidden: { status: 403, message: "This token may not do this" },
  not_found: { status: 404, message: "Not Found" },
  method_not_allowed: { status: 405, message: "Method Not Allowed" },
  conflict: { status: 409, message: "The job's state does not allow this" },
  payload_too_large: { status: 413, message: "The request body is larger than 1 MiB" },
  unsupported_media_type: {
    status: 415,
    message: "The request body must be JSON: send the header Content-Type: application/json",
  },
  unprocessable: { status: 422, message: "The request is well-formed but cannot be done" },
  idempotency_mismatch: {
    status: 422,
    message: "This Idempotency-Key was used with another body: send a new key, or the first body again",
  },
  model_unavailable: { status: 422, message: "No provider is configured for this model" },
  rate_limited: { status: 429, message: "Too many requests" },
  internal: { status: 500, message: "Internal Server Error" },
  not_configured: { status: 503, message: "The Worker is not configured yet" },
  unavailable: { status: 503, message: "Temporarily unavailable, please retry" },
} as const satisfies Record<string, { status: number; message: string }>;

export type ApiErrorCode = keyof typeof API_ERRORS;

/** Every reason a job can end in `error`: `project.error.code`, and the sentence that goes with it. */
export const JOB_ERRORS = {
  content_rejected: "The provider's content policy rejected the prompt or the result",
  invalid_input: "The provider could not work with this input",
  provider_unavailable: "No provider of this model could finish the job",
  provider_unauthorized: "No provider of this model accepts the configured key, or has the model for it",
  timed_out: "The job did not finish before its deadline",
  bad_output: "The provider delivered no usable image",
  submission_unknown: "It could not be known whether the provider received the job",
  internal: "The job ended by an internal error",
} as const satisfies Record<string, string>;

export type JobErrorCode = keyof typeof JOB_ERRORS;
