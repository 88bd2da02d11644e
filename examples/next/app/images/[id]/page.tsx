import { notFound } from "next/navigation";
import { readRecord } from "../../../lib/image-records";
import { Refresh } from "./refresh";

/** What is known of a job: the page asks this app's records, which the webhook keeps, and not Bluehour. */
export default async function ImagePage({ params }: { params: Promise<{ id: string }> }) {
  const record = await readRecord((await params).id);
  if (!record) notFound();
  const { prompt, project } = record;
  return (
    <main>
      <h1>{prompt}</h1>
      {!project && <Refresh>Painting…</Refresh>}
      {project?.error && <p role="alert">{project.error.message}</p>}
      {project?.status === "canceled" && <p role="alert">Canceled</p>}
      {project?.downloads.map(({ url, width, height }) => (
        // biome-ignore lint/performance/noImgElement: it has its final size and format already
        <img
          key={url}
          src={url}
          alt={prompt}
          width={width}
          height={height}
          style={{ width: "100%", height: "auto" }}
        />
      ))}
      <p>
        <a href="/">Another</a>
      </p>
    </main>
  );
}
