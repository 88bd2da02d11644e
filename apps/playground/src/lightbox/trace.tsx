import { type BluehourClient, isTerminal, type Project } from "@bluehour/client";
import { useEffect, useState } from "react";
import { readTimeline } from "../jobs/read-timeline.ts";
import { describeEntries, type Entry, groupEntries } from "./describe-entry.ts";
import "./trace.css";

/** What happened to the job, as seconds since it was asked for; read again while the job changes. */
export function Trace({ client, project }: { client: BluehourClient; project: Project }) {
  const [entries, setEntries] = useState<readonly Entry[] | null>(null);
  const [failed, setFailed] = useState(false);
  const { id, status, progress } = project;
  const running = !isTerminal(status);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the changes are the reason to read again
  useEffect(() => {
    let current = true;
    readTimeline(client, id).then(
      (items) => current && setEntries(items),
      () => current && setFailed(true),
    );
    return () => {
      current = false;
    };
  }, [client, id, status, progress]);

  const start = Date.parse(entries?.[0]?.at ?? "");
  return (
    <section className="trace" aria-label="What happened">
      <h3>What happened</h3>
      {entries === null && <p className="hint">{failed ? "This could not be loaded." : "Reading…"}</p>}
      <ol>
        {groupEntries(entries ?? []).map((group, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a timeline only grows
          <li key={index} data-type={group[0].type}>
            <time dateTime={group[0].at}>{((Date.parse(group[0].at) - start) / 1000).toFixed(1)} s</time>
            <span>{describeEntries(group)}</span>
          </li>
        ))}
        {running && entries && (
          <li data-type="now">
            <time>now</time>
            <span>{status === "queued" ? "Waiting" : "Developing"}</span>
          </li>
        )}
      </ol>
    </section>
  );
}
