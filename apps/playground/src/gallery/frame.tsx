import type { Download, Project } from "@bluehour/client";
import type { CSSProperties } from "react";
import { nameOf } from "../jobs/name-of.ts";
import "./frame.css";

interface FrameProps {
  readonly project: Project;
  readonly index: number;
  /** The image, once it is there. */
  readonly download: Download | undefined;
  /** Of all on the table. */
  readonly first: boolean;
  readonly onOpen: () => void;
}

/** A mount with an image in it, or one that still develops. All mounts are square, whatever the image is. */
export function Frame({ project, index, download, first, onOpen }: FrameProps) {
  const { image_count, status, progress } = project;
  const name = nameOf(project);
  if (download) {
    const alt = image_count === 1 ? name : `${name}, image ${index + 1} of ${image_count}`;
    return (
      <li className="frame">
        <button type="button" className="frame-view" onClick={onOpen}>
          <img
            src={download.url}
            alt={alt}
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
  // Of a job that is complete: this image failed, and was refunded.
  if (status === "complete") {
    return (
      <li className="frame frame-failed">
        <span>Failed, refunded</span>
      </li>
    );
  }
  const style = { "--developed": progress ?? 0 } as CSSProperties; // A custom property.
  return (
    <li className="frame frame-developing" data-known={progress !== null} style={style} aria-hidden="true" />
  );
}
