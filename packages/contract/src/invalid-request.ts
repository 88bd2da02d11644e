import type * as z from "zod";
import { ApiError, type Issue } from "./api-error.ts";

/** What a schema found wrong, as the answer to the caller: one issue per field. */
export function invalidRequest(error: z.core.$ZodError): ApiError {
  const issues: Issue[] = error.issues.map((issue) => ({
    path: issue.path.join("."),
    message: issue.message,
  }));
  const summary = issues.map(({ path, message }) => (path ? `${path}: ${message}` : message)).join("; ");
  return new ApiError("invalid_request", summary, { issues });
}
