import type { Context } from "hono";
import { HTTPException } from "hono/http-exception";
import { ApiError } from "./api-error.ts";

/** The one shape of every error answer. */
export function errorResponse(error: ApiError, context: Context): Response {
  return context.json(error.toBody(context.get("requestId")), error.status, error.headers);
}

/** Maps whatever was thrown to the error to answer; null for what nobody foresaw. */
export function toApiError(error: unknown): ApiError | null {
  if (error instanceof ApiError) return error;
  // Hono's validator throws it for a body that is not JSON.
  if (error instanceof HTTPException && error.status === 400) {
    return new ApiError("invalid_request", "The request body is not valid JSON", { cause: error });
  }
  return null;
}
