import { type BluehourClient, isTerminal, type Project } from "@bluehour/client";
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { explainFailure } from "../jobs/explain-error.ts";
import { imageNameOf, nameOf } from "../jobs/name-of.ts";
import { picturesOf } from "../jobs/pictures-of.ts";
import { ImageActions } from "./image-actions.tsx";
import { ImageFacts } from "./image-facts.tsx";
import { Trace } from "./trace.tsx";
import "./lightbox.css";

interface LightboxProps {
  readonly client: BluehourClient;
  readonly project: Project;
  /** Which image, from 0. */
  readonly image: number;
  readonly onImage: (image: number) => void;
  readonly onUse: (file: File) => void;
  readonly onDelete: (id: string) => Promise<void>;
  readonly onClose: () => void;
}

/** One image, large, with what can be done with it and how it came about. */
export function Lightbox({ client, project, image, onImage, onUse, onDelete, onClose }: LightboxProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [broken, setBroken] = useState<string | null>(null);
  useEffect(() => dialog.current?.showModal(), []);

  const pictures = picturesOf(project);
  const place = pictures.findIndex(({ index }) => index === image);
  const picture = pictures[place];
  const many = pictures.length > 1;
  const step = (by: number) => onImage(pictures.at((place + by) % pictures.length)?.index ?? image);

  function onKeyDown({ key }: KeyboardEvent) {
    if (many && key === "ArrowLeft") step(-1);
    if (many && key === "ArrowRight") step(1);
  }

  return (
    <dialog
      ref={dialog}
      className="lightbox"
      aria-label={nameOf(project)}
      onClose={onClose}
      onKeyDown={onKeyDown}
      onClick={(event) => event.target === dialog.current && dialog.current.close()}
    >
      <div className="lightbox-stage">
        {picture ? (
          <img
            key={picture.url}
            src={picture.url}
            alt={imageNameOf(project, image)}
            width={picture.width}
            height={picture.height}
            onError={() => setBroken(picture.url)}
          />
        ) : (
          <NoImage project={project} />
        )}
        {picture && broken === picture.url && <p role="alert">The image could not be loaded.</p>}
        {many && (
          <>
            <button type="button" className="lightbox-step" data-to="previous" onClick={() => step(-1)}>
              <span aria-hidden="true">‹</span>
              <span className="visually-hidden">Previous image</span>
            </button>
            <button type="button" className="lightbox-step" data-to="next" onClick={() => step(1)}>
              <span aria-hidden="true">›</span>
              <span className="visually-hidden">Next image</span>
            </button>
          </>
        )}
      </div>
      <button type="button" className="lightbox-close" onClick={() => dialog.current?.close()}>
        <span aria-hidden="true">×</span>
        <span className="visually-hidden">Close</span>
      </button>
      <div className="lightbox-side">
        <h2>{nameOf(project)}</h2>
        <ImageActions project={project} picture={picture} onUse={onUse} onDelete={onDelete} />
        <ImageFacts project={project} picture={picture} />
        <Trace client={client} project={project} />
      </div>
    </dialog>
  );
}

function NoImage({ project }: { project: Project }) {
  if (!isTerminal(project.status)) return <p>Still developing.</p>;
  if (project.status === "canceled") return <p>Canceled before there was an image.</p>;
  const { title, advice } = explainFailure(project);
  return (
    <p>
      <strong>{title}.</strong> {advice}
    </p>
  );
}
