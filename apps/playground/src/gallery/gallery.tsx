import type { Project } from "@bluehour/client";
import { useEffect, useRef } from "react";
import { explainError } from "../jobs/explain-error.ts";
import type { GallerySnapshot, JobGallery } from "../jobs/job-gallery.ts";
import { Notice } from "../parts/notice.tsx";
import { JobStrip } from "./job-strip.tsx";
import "./gallery.css";

interface GalleryProps {
  readonly gallery: JobGallery;
  readonly snapshot: GallerySnapshot;
  /** @param image - which of the job's images, from 0 */
  readonly onOpen: (project: Project, image: number) => void;
}

/** The light table: every job a strip of frames, newest first; older ones come as one scrolls. */
export function Gallery({ gallery, snapshot, onOpen }: GalleryProps) {
  const { projects, older, failure } = snapshot;
  const end = useRef<HTMLButtonElement>(null);

  // Looks anew after each page: one that leaves the end in view is followed by the next.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the number of projects is why to look anew
  useEffect(() => {
    const element = end.current;
    if (!element || failure) return;
    const observer = new IntersectionObserver(
      ([entry]) => entry?.isIntersecting && void gallery.loadOlder(),
      { rootMargin: "600px" },
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, [gallery, failure, older, projects.length]);

  return (
    <section id="table" className="table" aria-labelledby="table-heading" aria-busy={older === "loading"}>
      <h2 id="table-heading" tabIndex={-1} className="visually-hidden">
        Your images
      </h2>
      {projects.length === 0 && older === "none" && (
        <div className="table-empty">
          <span className="table-empty-frame" aria-hidden="true" />
          <p>Nothing on the table yet.</p>
          <p className="hint">Describe a picture and it will develop here.</p>
        </div>
      )}
      <ol className="strips">
        {projects.map((project, index) => (
          <JobStrip
            key={project.id}
            project={project}
            gallery={gallery}
            first={index === 0}
            onOpen={onOpen}
          />
        ))}
      </ol>
      {failure !== null && <Notice explanation={explainError(failure)} />}
      {older === "some" && (
        <button type="button" ref={end} className="older" onClick={() => void gallery.loadOlder()}>
          {failure === null ? "Show older" : "Try again"}
        </button>
      )}
    </section>
  );
}
