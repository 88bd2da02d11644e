import type { Project } from "@bluehour/client";

/** What to call a job. */
export function nameOf({ name, type }: Project): string {
  return name || (type === "AI_IMAGE_EDITOR" ? "An edit" : "Untitled");
}

/** What to call one of its images. @param index - from 0 */
export function imageNameOf(project: Project, index: number): string {
  const { image_count } = project;
  return image_count === 1 ? nameOf(project) : `${nameOf(project)}, image ${index + 1} of ${image_count}`;
}
