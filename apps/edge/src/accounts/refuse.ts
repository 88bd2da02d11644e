import { ApiError, rateLimitHeaders } from "@bluehour/contract";
import type { Refusal } from "./admission.ts";

/** Turns a refusal into the answer that the caller gets. @throws ApiError, always */
export function refuse(refusal: Refusal): never {
  switch (refusal.outcome) {
    case "unauthorized":
    case "idempotency_mismatch":
      throw new ApiError(refusal.outcome);
    case "rate_limited": {
      const { limit, resetSeconds } = refusal.rateLimit;
      throw new ApiError(
        "rate_limited",
        `Too many requests: ${limit} creates a minute are allowed, try again in ${resetSeconds} s`,
        { headers: { ...rateLimitHeaders(refusal.rateLimit), "Retry-After": `${resetSeconds}` } },
      );
    }
    case "insufficient_credits":
      throw new ApiError(
        "insufficient_credits",
        `Not enough credits: ${refusal.needed} needed, ${refusal.left} left`,
      );
  }
}
