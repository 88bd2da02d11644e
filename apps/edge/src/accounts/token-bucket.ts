import type { RateLimit } from "@bluehour/contract";

const WINDOW_SECONDS = 60;
const MICROSECONDS = 1_000_000;

/**
 * A token bucket that holds a minute's worth and refills steadily. All there is to keep of it is one number: when it
 * is full again. It is reckoned in whole microseconds, so that nothing drifts however many tokens are taken.
 */
export class TokenBucket {
  readonly #perMinute: number;
  readonly #now: number;
  /** Time in which one token flows in. */
  readonly #interval: number;
  /** Time until it is full. */
  readonly #missing: number;

  /**
   * @param fullAt - as the last `take` left it; 0 for a bucket never used
   * @param perMinute - tokens that flow in, and that fit in
   * @param nowMs - milliseconds since the Unix epoch
   */
  constructor(fullAt: number, perMinute: number, nowMs: number) {
    this.#perMinute = perMinute;
    this.#now = nowMs * 1000;
    this.#interval = Math.ceil((WINDOW_SECONDS * MICROSECONDS) / perMinute);
    // A limit that was raised or lowered, or a clock set back, never makes for a wait longer than a bucket.
    this.#missing = Math.min(Math.max(0, fullAt - this.#now), this.#interval * perMinute);
  }

  /** What a caller is told. */
  get rateLimit(): RateLimit {
    const lacking = Math.ceil(this.#missing / this.#interval);
    const wait = lacking === 0 ? 0 : this.#missing - (lacking - 1) * this.#interval;
    return {
      limit: this.#perMinute,
      windowSeconds: WINDOW_SECONDS,
      remaining: this.#perMinute - lacking,
      resetSeconds: Math.ceil(wait / MICROSECONDS),
    };
  }

  /** Takes a token. @returns when the bucket is full again; null if there is no token */
  take(): number | null {
    const fullIn = this.#missing + this.#interval;
    return fullIn > this.#interval * this.#perMinute ? null : this.#now + fullIn;
  }
}
