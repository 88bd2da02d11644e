/**
 * Writes one structured line. Fields name things (`job_id`, `account_id`, `request_id`); prompts and secrets do not
 * belong here.
 */
export function log(
  level: "info" | "warn" | "error",
  event: string,
  fields: Record<string, unknown> = {},
): void {
  console[level](JSON.stringify({ level, event, ...fields }));
}

/** An error's name and message, for a log line. */
export function describeError(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}
