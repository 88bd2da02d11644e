import type { Context } from "hono";
import * as z from "zod";
import { ApiError } from "./api-error.ts";

/** What a caller may call a request that is to happen once. */
export const idempotencyKeySchema = z.string().min(1).max(255);

/**
 * The request's `Idempotency-Key`.
 *
 * @returns undefined if it has none
 * @throws ApiError `invalid_request` for one that is empty or too long
 * @see https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/
 */
export function idempotencyKeyOf(context: Context): string | undefined {
  const key = context.req.header("idempotency-key");
  if (key !== undefined && !idempotencyKeySchema.safeParse(key).success) {
    throw new ApiError("invalid_request", "Idempotency-Key must have 1 to 255 characters");
  }
  return key;
}
