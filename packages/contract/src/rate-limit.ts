/** Where an account stands with its limit on creates: a bucket that refills steadily. */
export interface RateLimit {
  /** Creates in a window, and the size of the bucket. */
  readonly limit: number;
  readonly windowSeconds: number;
  /** Creates that would be admitted right now. */
  readonly remaining: number;
  /** Seconds until there is one more than that. */
  readonly resetSeconds: number;
}

/** The policy's name in the headers. */
const POLICY = "create";

/**
 * The headers that tell a caller about the limit, on success as well, so that it need not run into it.
 *
 * @see https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers/ (draft 10)
 */
export function rateLimitHeaders(rate: RateLimit): Record<string, string> {
  return {
    "RateLimit-Policy": `"${POLICY}";q=${rate.limit};w=${rate.windowSeconds}`,
    RateLimit: `"${POLICY}";r=${rate.remaining};t=${rate.resetSeconds}`,
  };
}
