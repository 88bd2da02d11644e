import type { Project } from "@bluehour/client";
import type { Picture } from "../jobs/pictures-of.ts";

const DATE = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });

/** What is known of an image and its job. */
export function ImageFacts({ project, picture }: { project: Project; picture: Picture | undefined }) {
  const facts: [string, string | null][] = [
    ["Model", project.model],
    ["Painted by", project.provider],
    ["Size", picture ? sizeOf(picture) : null],
    ["Made", DATE.format(new Date(project.created_at))],
    ["Kept until", picture?.file ? DATE.format(new Date(picture.file.expires_at)) : null],
    ["Credits", `${project.credits_charged}`],
    ["Job", project.id],
  ];
  return (
    <dl className="facts">
      {facts.map(
        ([name, value]) =>
          value !== null && (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ),
      )}
    </dl>
  );
}

function sizeOf({ width, height, file }: Picture): string {
  const edges = `${width} × ${height}`;
  if (!file) return edges;
  const { bytes, content_type } = file;
  const size = bytes < 1e6 ? `${Math.ceil(bytes / 1e3)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
  return `${edges}, ${size} ${content_type.replace("image/", "").toUpperCase()}`;
}
