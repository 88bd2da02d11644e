import type { ProjectStatus } from "./project.ts";

/** Whether a project stays as it is. In a file of its own, so that it brings no schema into a client's bundle. */
export function isTerminal(status: ProjectStatus): boolean {
  return status === "complete" || status === "error" || status === "canceled";
}
