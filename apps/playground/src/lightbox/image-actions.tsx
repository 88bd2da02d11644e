import { isTerminal, type Project } from "@bluehour/client";
import { useState } from "react";
import { explainError } from "../jobs/explain-error.ts";
import { type Picture, picturesOf } from "../jobs/pictures-of.ts";

interface ImageActionsProps {
  readonly project: Project;
  readonly picture: Picture | undefined;
  readonly onUse: (file: File) => void;
  readonly onDelete: (id: string) => Promise<void>;
}

/** Download, copy, use, delete. */
export function ImageActions({ project, picture, onUse, onDelete }: ImageActionsProps) {
  const [said, setSaid] = useState("");
  const [asking, setAsking] = useState(false);

  async function act(action: () => Promise<void>, done: string) {
    setSaid("");
    try {
      await action();
      setSaid(done);
    } catch (error) {
      const { title, advice } = explainError(error);
      setSaid(`${title}. ${advice}`);
    }
  }

  return (
    <div className="actions">
      {picture && (
        <>
          <button type="button" onClick={() => act(() => save(picture), "Saved")}>
            Download
          </button>
          <button
            type="button"
            onClick={() => act(() => navigator.clipboard.writeText(picture.url), "URL copied")}
          >
            Copy URL
          </button>
          <button type="button" onClick={() => act(async () => onUse(await fileOf(picture)), "")}>
            Use as input
          </button>
        </>
      )}
      {asking ? (
        <>
          <button type="button" className="danger" onClick={() => act(() => onDelete(project.id), "")}>
            {deletionOf(project)}
          </button>
          <button type="button" onClick={() => setAsking(false)}>
            Keep
          </button>
        </>
      ) : (
        <button type="button" onClick={() => setAsking(true)}>
          Delete
        </button>
      )}
      <p role="status" className="hint">
        {said}
      </p>
    </div>
  );
}

/** What it comes to: a job is deleted as a whole. */
function deletionOf(project: Project): string {
  if (!isTerminal(project.status)) return "Stop and delete all";
  const { length } = picturesOf(project);
  return length > 1 ? `Delete all ${length} images` : "Delete for good";
}

/** The image as a file; images may be read from any origin. @throws Error when it cannot be had */
async function fileOf({ url }: Picture): Promise<File> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`The image's address answered ${response.status}`);
  const blob = await response.blob();
  return new File([blob], url.slice(url.lastIndexOf("/") + 1), { type: blob.type });
}

/** A link with `download` alone would open an image of another origin instead of saving it. */
async function save(picture: Picture): Promise<void> {
  const file = await fileOf(picture);
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = file.name;
  link.click();
  URL.revokeObjectURL(link.href);
}
