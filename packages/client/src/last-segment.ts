/** The last segment of a URL's path, decoded; empty if there is none. Unique across jobs, for an image of ours. */
export function lastSegment(url: string): string {
  try {
    return decodeURIComponent(new URL(url).pathname.split("/").at(-1) ?? "");
  } catch {
    return "";
  }
}
