/** Longest time an answer is held back, in seconds. */
export const MAX_WAIT_SECONDS = 60;

/**
 * The seconds of a `Prefer: wait=N` header, at most `MAX_WAIT_SECONDS`; null without one, or when it is not a
 * number, since a preference that cannot be honoured is ignored.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7240#section-4.3
 */
export function preferredWaitSeconds(header: string | undefined): number | null {
  for (const preference of header?.split(",") ?? []) {
    const match = /^\s*wait\s*=\s*"?(\d+)"?\s*(?:;.*)?$/i.exec(preference);
    if (match?.[1]) return Math.min(Number(match[1]), MAX_WAIT_SECONDS);
  }
  return null;
}
