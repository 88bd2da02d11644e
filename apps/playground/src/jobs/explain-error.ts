import {
  AuthenticationError,
  BluehourError,
  ConflictError,
  InsufficientCreditsError,
  NetworkError,
  NotFoundError,
  type Project,
  RateLimitError,
  ServerError,
  ValidationError,
} from "@bluehour/client";

/** A failure in plain words, and what to do about it. */
export interface Explanation {
  readonly title: string;
  readonly advice: string;
}

/** What went wrong with a call. */
export function explainError(error: unknown): Explanation {
  if (error instanceof NetworkError && !navigator.onLine) {
    return { title: "You are offline", advice: "Try again when you are back. Nothing was charged twice." };
  }
  if (error instanceof NetworkError) {
    return {
      title: "The Worker does not answer",
      advice: "Is it still running? Check your connection, then try again. Nothing was charged twice.",
    };
  }
  if (error instanceof AuthenticationError && error.status === 403) {
    return { title: "This token may not do that", advice: `${error.message}. Sign in with another token.` };
  }
  if (error instanceof AuthenticationError) {
    return {
      title: "This token was not accepted",
      advice: "It may be mistyped, expired or revoked. Sign out and enter another.",
    };
  }
  if (error instanceof InsufficientCreditsError) {
    return {
      title: "Not enough credits",
      advice: `${error.message.replace(/^Not enough credits: /, "")}. Make fewer images, choose a cheaper model, or ask the operator for credits.`,
    };
  }
  if (error instanceof RateLimitError) {
    const seconds = Math.ceil((error.retryAfterMs ?? 60_000) / 1000);
    return { title: "That was a lot at once", advice: `Try again in ${seconds} seconds.` };
  }
  if (error instanceof ValidationError) {
    const issues = error.issues.map(({ path, message }) => `${path}: ${message}`).join("; ");
    return { title: "This request cannot be made", advice: issues || error.message };
  }
  if (error instanceof ConflictError) return { title: "Too late", advice: `${error.message}.` };
  if (error instanceof NotFoundError) {
    return { title: "This job is gone", advice: "It was deleted, perhaps in another tab." };
  }
  if (error instanceof ServerError && error.code === "not_configured") {
    return { title: "The Worker is not set up yet", advice: error.message };
  }
  const trace = error instanceof BluehourError && error.requestId ? ` (request ${error.requestId})` : "";
  return {
    title: "Something broke on the way",
    advice: `Try again in a moment. If it stays, tell the operator${trace}.`,
  };
}

const JOB_FAILURES: Record<NonNullable<Project["error"]>["code"], Explanation> = {
  content_rejected: {
    title: "The provider declined this prompt",
    advice: "Say it in other words and try again.",
  },
  invalid_input: {
    title: "The provider cannot work with this input",
    advice: "Change the prompt or the images.",
  },
  provider_unavailable: {
    title: "No provider answered",
    advice: "Try again later, or choose another model.",
  },
  provider_unauthorized: {
    title: "The provider refused the Worker's key, or has no such model for it",
    advice: "Choose another model; the operator has to check the key and the model's name.",
  },
  timed_out: { title: "It took too long", advice: "Try again, with fewer images or another model." },
  bad_output: { title: "The provider sent no usable image", advice: "Try again, or choose another model." },
  submission_unknown: {
    title: "It is not known whether the provider took it",
    advice: "Try again; this job will not be charged.",
  },
  internal: { title: "Something broke in the Worker", advice: "Try again. If it stays, tell the operator." },
};

/** Why a job, or an image of it, failed. */
export function explainFailure({ error }: Pick<Project, "error">): Explanation {
  // Servers may run ahead of this page.
  const known = error && Object.hasOwn(JOB_FAILURES, error.code) ? JOB_FAILURES[error.code] : null;
  return known ?? { title: "The job failed", advice: error?.message ?? "Try again." };
}
