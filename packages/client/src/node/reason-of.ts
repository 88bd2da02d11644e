/** What an error of the file system says. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
