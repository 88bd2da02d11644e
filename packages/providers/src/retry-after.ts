/** Above this a bare number is a moment in Unix seconds and not a wait: ten years of waiting are nobody's limit. */
const LONGEST_WAIT_SECONDS = 10 * 365 * 24 * 3600;

/**
 * Milliseconds a provider asks us to wait, from the first of these headers that says so: `Retry-After` (seconds
 * or an HTTP date, RFC 9110 §10.2.3), `RateLimit` (`t=` of the IETF draft's structured field),
 * `RateLimit-Reset` and `X-RateLimit-Reset` (seconds from now, or a moment in Unix seconds). A moment that has
 * passed is a wait of 0.
 *
 * @param nowMs - milliseconds since the Unix epoch
 * @example retryAfterMs(new Headers({ "retry-after": "30" }), Date.now()) // 30_000
 */
export function retryAfterMs(headers: Headers, nowMs: number): number | undefined {
  return (
    waitMs(headers.get("retry-after"), nowMs) ??
    waitMs(headers.get("ratelimit")?.match(/;\s*t=(\d+)/)?.[1], nowMs) ??
    waitMs(headers.get("ratelimit-reset"), nowMs) ??
    waitMs(headers.get("x-ratelimit-reset"), nowMs)
  );
}

const UNIT_MS = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 } as const;

/** A wait after a word that announces one: `6m0s`, `1.5 seconds`, `~30s`. */
const SPOKEN_WAIT =
  /\b(?:resets?|again|retry|wait)\b[^\d.]{0,16}((?:\d+(?:\.\d+)?\s?(?:ms|milliseconds?|h(?:ours?)?|m(?:in(?:ute)?s?)?|s(?:ec(?:ond)?s?)?)\b\s?|\d+[hms](?=\d))+)/i;

/**
 * Milliseconds to wait, from what a provider says in words where it sends no header.
 *
 * @example spokenWaitMs("Request was throttled. Your rate limit resets in ~30s.") // 30_000, Replicate
 * @example spokenWaitMs("Rate limit reached. Please try again in 6m0s.") // 360_000, OpenAI
 */
export function spokenWaitMs(message: string): number | undefined {
  const spoken = SPOKEN_WAIT.exec(message)?.[1];
  if (spoken === undefined) return undefined;
  const amounts = [...spoken.matchAll(/(\d+(?:\.\d+)?)\s?(m(?:s|illi)|[hms])/gi)];
  return Math.ceil(amounts.reduce((sum, [, amount, unit = ""]) => sum + Number(amount) * unitMs(unit), 0));
}

function unitMs(unit: string): number {
  const name = unit.toLowerCase();
  return name.length > 1 ? UNIT_MS.ms : UNIT_MS[name === "h" || name === "m" ? name : "s"];
}

function waitMs(value: string | null | undefined, nowMs: number): number | undefined {
  const text = value?.trim();
  if (!text) return undefined;
  if (/^\d+(\.\d+)?$/.test(text)) {
    const seconds = Number(text);
    const untilMs = seconds > LONGEST_WAIT_SECONDS ? seconds * 1000 - nowMs : seconds * 1000;
    return Math.max(0, Math.ceil(untilMs));
  }
  // Date.parse takes nearly anything ("-5", "1e3"); an HTTP date names its day of the week and ends in GMT.
  const moment = /^[A-Za-z]{3,9},? .*GMT$/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(moment) ? undefined : Math.max(0, moment - nowMs);
}
