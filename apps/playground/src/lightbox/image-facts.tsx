import type { Download, Project } from "@bluehour/client";

const DATE = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });

/** What is known of an image and its job. */
export function ImageFacts({ project, download }: { project: Project; download: Download | undefined }) {
  const facts: [string, string | null][] = [
    ["Model", project.model],
    ["Painted by", project.provider],
    ["Size", download ? `${download.width} × ${download.height}, ${sizeOf(download)}` : null],
    ["Made", DATE.format(new Date(project.created_at))],
    ["Kept until", download ? DATE.format(new Date(download.expires_at)) : null],
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

function sizeOf({ bytes, content_type }: Download): string {
  const size = bytes < 1e6 ? `${Math.ceil(bytes / 1e3)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
  return `${size} ${content_type.replace("image/", "").toUpperCase()}`;
}
