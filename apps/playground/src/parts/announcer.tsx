import { isTerminal, type Project } from "@bluehour/client";
import { useEffect, useRef, useState } from "react";
import { nameOf } from "../jobs/name-of.ts";

/** Tells screen readers of jobs that end while the page is open. */
export function Announcer({ projects }: { projects: readonly Project[] }) {
  const running = useRef(new Set<string>());
  const [said, setSaid] = useState("");
  useEffect(() => {
    for (const project of projects) {
      if (!isTerminal(project.status)) running.current.add(project.id);
      else if (running.current.delete(project.id)) setSaid(sentenceOf(project));
    }
  }, [projects]);
  return (
    <p role="status" className="visually-hidden">
      {said}
    </p>
  );
}

function sentenceOf(project: Project): string {
  if (project.status === "error") return `${nameOf(project)} failed`;
  if (project.status === "canceled") return `${nameOf(project)} was canceled`;
  return `${nameOf(project)} is complete`;
}
