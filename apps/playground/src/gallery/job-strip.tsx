import { isTerminal, type Project } from "@bluehour/client";
import { useState } from "react";
import { explainError, explainFailure } from "../jobs/explain-error.ts";
import type { JobGallery } from "../jobs/job-gallery.ts";
import { nameOf } from "../jobs/name-of.ts";
import { picturesOf } from "../jobs/pictures-of.ts";
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
  const { id, status, images, aspect_ratio } = project;
  const [trouble, setTrouble] = useState<string | null>(null);
  const running = !isTerminal(status);
  const act = (action: Promise<void>) =>
    action.catch((error: unknown) => {
      const { title, advice } = explainError(error);
      setTrouble(`${title}. ${advice}`);
    });

  return (
    <li className="strip" data-status={status} data-shape={aspect_ratio}>
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
          <ul className="frames">
            {images.map((image) => (
              <Frame
                key={image.index}
                project={project}
                image={image}
                first={first && image.index === 0}
                onOpen={() => onOpen(project, image.index)}
              />
            ))}
          </ul>
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

function statusOf(project: Project): string {
  const { status, progress, image_count } = project;
  if (status === "queued") return "waiting";
  if (status === "error") return "failed";
  if (status === "canceled") return "";
  const there = picturesOf(project).length;
  if (there > 0 && there < image_count) return `${there} of ${image_count}`;
  if (status === "rendering") return progress === null ? "developing" : `${Math.round(progress * 100)} %`;
  return image_count === 1 ? "" : `${image_count} images`;
}
