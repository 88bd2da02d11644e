import { isTerminal, type Project, type ProjectImage } from "@bluehour/client";
import type { CSSProperties } from "react";
import { explainFailure } from "../jobs/explain-error.ts";
import { imageNameOf } from "../jobs/name-of.ts";
import "./frame.css";

interface FrameProps {
  readonly project: Project;
  readonly image: ProjectImage;
  /** Of all on the table. */
  readonly first: boolean;
  readonly onOpen: () => void;
}

/** A mount with an image in it, with one that still develops, or with the reason why there is none. */
export function Frame({ project, image, first, onOpen }: FrameProps) {
  const { index, download, error, progress } = image;
  const name = imageNameOf(project, index);
  if (download) {
    return (
      <li className="frame">
        <button type="button" className="frame-view" onClick={onOpen}>
          <img
            src={download.url}
            alt={name}
            width={download.width}
            height={download.height}
            // The first on the table is the page's largest thing, so it goes before all others.
            loading={first ? "eager" : "lazy"}
            fetchPriority={first ? "high" : "low"}
            decoding="async"
          />
        </button>
      </li>
    );
  }
  if (error) {
    return (
      <li className="frame frame-failed">
        <span className="visually-hidden">{name}: </span>
        <strong>{explainFailure(image).title}</strong>
        <span>{isTerminal(project.status) ? "Refunded" : "Will be refunded"}</span>
      </li>
    );
  }
  const style = { "--developed": progress ?? 0 } as CSSProperties; // A custom property.
  return (
    <li className="frame frame-developing" data-known={progress !== null} style={style}>
      <progress aria-label={`Progress of ${name}`} {...(progress === null ? {} : { value: progress })} />
    </li>
  );
}
