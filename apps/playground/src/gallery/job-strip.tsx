import { isTerminal, type Project } from "@bluehour/client";
import { type CSSProperties, useState } from "react";
import { explainError, explainFailure } from "../jobs/explain-error.ts";
import type { JobGallery } from "../jobs/job-gallery.ts";
import { nameOf } from "../jobs/name-of.ts";
import { Frame } from "./frame.tsx";
import "./job-strip.css";

interface JobStripProps {
  readonly project: Project;
  readonly gallery: JobGallery;
  /** The newest of all. */
  readonly first: boolean;
  readonly onOpen: (project: Project, image: number) => void;
}

/** One job: its caption and a frame for each image, there from the start so that nothing moves when they arrive. */
export function JobStrip({ project, gallery, first, onOpen }: JobStripProps) {
  const { id, status, downloads, image_count } = project;
  const [trouble, setTrouble] = useState<string | null>(null);
  const running = !isTerminal(status);
  // CSS has the rest; custom properties set by script are within the Content-Security-Policy.
  const ratio = gallery.ratios.of(project);
  const style = { "--ratio": ratio } as CSSProperties;
  const act = (action: Promise<void>) =>
    action.catch((error: unknown) => {
      const { title, advice } = explainError(error);
      setTrouble(`${title}. ${advice}`);
    });

  return (
    <li className="strip" data-status={status} style={style}>
      <article aria-label={nameOf(project)}>
        <header>
          <h3 title={nameOf(project)}>{nameOf(project)}</h3>
          <span className="strip-status">{statusOf(project)}</span>
          {running && (
            <button type="button" className="quiet" onClick={() => act(gallery.cancel(id))}>
              Cancel<span className="visually-hidden"> {nameOf(project)}</span>
            </button>
          )}
        </header>
        {status === "error" || status === "canceled" ? (
          <Ended
            project={project}
            onOpen={() => onOpen(project, 0)}
            onDelete={() => act(gallery.delete(id))}
          />
        ) : (
          <ul className="frames" data-wide={ratio > 1.3}>
            {Array.from({ length: image_count }, (_, index) => (
              <Frame
                // biome-ignore lint/suspicious/noArrayIndexKey: an image is known by its place
                key={index}
                project={project}
                index={index}
                download={downloads[index]}
                first={first && index === 0}
                onOpen={() => onOpen(project, index)}
              />
            ))}
          </ul>
        )}
        {running && (
          <progress
            className="strip-progress"
            aria-label={`Progress of ${nameOf(project)}`}
            {...(project.progress === null ? {} : { value: project.progress })}
          />
        )}
        {trouble && <p role="alert">{trouble}</p>}
      </article>
    </li>
  );
}

interface EndedProps {
  readonly project: Project;
  readonly onOpen: () => void;
  readonly onDelete: () => void;
}

/** A job that has no images: why, and what to do. */
function Ended({ project, onOpen, onDelete }: EndedProps) {
  const { title, advice } =
    project.status === "canceled" ? { title: "Canceled", advice: "" } : explainFailure(project);
  return (
    <div className="strip-ended">
      <strong>{title}</strong>
      <p>
        {advice} {project.credits_charged === 0 && "Nothing was charged."}
      </p>
      <div>
        <button type="button" className="quiet" onClick={onOpen}>
          What happened<span className="visually-hidden"> to {nameOf(project)}</span>
        </button>
        <button type="button" className="quiet" onClick={onDelete}>
          Remove<span className="visually-hidden"> {nameOf(project)}</span>
        </button>
      </div>
    </div>
  );
}

function statusOf({ status, progress, image_count, downloads }: Project): string {
  if (status === "queued") return "waiting";
  if (status === "rendering") return progress === null ? "developing" : `${Math.round(progress * 100)} %`;
  if (status === "error") return "failed";
  if (status === "canceled") return "";
  if (downloads.length < image_count) return `${downloads.length} of ${image_count}`;
  return image_count === 1 ? "" : `${image_count} images`;
}
