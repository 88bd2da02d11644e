import { AuthenticationError, BluehourError, NetworkError } from "@bluehour/client";
import { CommandError } from "../terminal/command-error.ts";
import { jobUrl } from "./format-result.ts";

/** The one line that says what went wrong with a job, and what can be done. Passes on what is not the client's. */
export function describeFailure(error: unknown, baseUrl: string): unknown {
  if (!(error instanceof BluehourError)) return error;
  const job = error.jobId ? `; the job: ${jobUrl(baseUrl, error.jobId)}` : "";
  return new CommandError(`${sentence(error, baseUrl)}${job}`, { cause: error });
}

function sentence(error: BluehourError, baseUrl: string): string {
  if (error instanceof AuthenticationError) return `${baseUrl} does not accept the token (${error.status})`;
  if (error instanceof NetworkError) return `cannot reach ${baseUrl}: ${error.message}`;
  // Some messages come from providers; one line is one line.
  return error.message.replace(/\s+/g, " ");
}
