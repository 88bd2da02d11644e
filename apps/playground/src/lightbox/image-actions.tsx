import type { Download, Project } from "@bluehour/client";
import { useState } from "react";
import { explainError } from "../jobs/explain-error.ts";

interface ImageActionsProps {
  readonly project: Project;
  readonly download: Download | undefined;
  readonly onUse: (file: File) => void;
  readonly onDelete: (id: string) => Promise<void>;
}

/** Download, copy, use, delete. */
export function ImageActions({ project, download, onUse, onDelete }: ImageActionsProps) {
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

  const images = project.downloads.length;
  return (
    <div className="actions">
      {download && (
        <>
          <button type="button" onClick={() => act(() => save(download), "Saved")}>
            Download
          </button>
          <button
            type="button"
            onClick={() => act(() => navigator.clipboard.writeText(download.url), "URL copied")}
          >
            Copy URL
          </button>
          <button type="button" onClick={() => act(async () => onUse(await fileOf(download)), "")}>
            Use as input
          </button>
        </>
      )}
      {asking ? (
        <>
          <button type="button" className="danger" onClick={() => act(() => onDelete(project.id), "")}>
            {images > 1 ? `Delete all ${images} images` : "Delete for good"}
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

/** The image as a file; images may be read from any origin. @throws TypeError without a network */
async function fileOf({ url, content_type }: Download): Promise<File> {
  const response = await fetch(url);
  return new File([await response.blob()], url.slice(url.lastIndexOf("/") + 1), { type: content_type });
}

/** A link with `download` alone would open an image of another origin instead of saving it. */
async function save(download: Download): Promise<void> {
  const file = await fileOf(download);
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = file.name;
  link.click();
  URL.revokeObjectURL(link.href);
}
