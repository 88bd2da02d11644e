import type { Project } from "@bluehour/client";

/** What to call a job. */
export function nameOf({ name, type }: Project): string {
  return name || (type === "AI_IMAGE_EDITOR" ? "An edit" : "Untitled");
}
