import type { Project, Timeline } from "@bluehour/contract";
import type { FakeProviders } from "../fake-providers.ts";
import type { ChaosJob } from "./chaos-job.ts";
import type { LedgerRow, StoredState } from "./stored-state.ts";

/** One job, from its creation to what its URLs give. */
export type ChaosOutcome = KeptOutcome | DeletedOutcome;

interface KeptOutcome {
  readonly job: ChaosJob;
  readonly id: string;
  readonly project: Project;
  readonly timeline: Timeline["items"];
  /** sha256 of what each download URL gives. */
  readonly hashes: string[];
}

interface DeletedOutcome {
  readonly job: ChaosJob;
  readonly id: string;
  /** Whether nothing of it can be seen any more. */
  readonly gone: boolean;
}

/** What went wrong, each as a sentence; all empty when nothing was lost. */
export interface Verdict {
  readonly stuck: string[];
  readonly lost: string[];
  readonly damaged: string[];
  readonly doublePaid: string[];
  readonly strayObjects: string[];
  readonly creditsOff: string[];
}

/** Holds what happened against what was promised. */
export function judge(
  outcomes: readonly ChaosOutcome[],
  fakes: FakeProviders["fakes"],
  stored: StoredState,
  unknownSubmission: "resubmit" | "fail",
): Verdict {
  const kept = outcomes.filter((outcome): outcome is KeptOutcome => "project" in outcome);
  const servedHashes = new Set(
    Object.values(fakes).flatMap(({ images }) => images.map(({ sha256 }) => sha256)),
  );
  const known = new Set(
    kept.flatMap(({ project }) => project.downloads.map(({ url }) => url.split("/").at(-1))),
  );
  const ledger = new Map(stored.ledger.map((row) => [row.id, row]));
  const verdict: Verdict = {
    stuck: [],
    lost: [],
    damaged: [],
    doublePaid: [],
    strayObjects: stored.keys.filter((key) => !known.has(key)),
    creditsOff: [],
  };
  for (const outcome of outcomes) {
    const { job, id } = outcome;
    const parts = Math.ceil(job.imageCount / job.painter.imagesPerCall);
    // Of a deleted job nobody can say any more what its timeline admitted.
    const admitted =
      "timeline" in outcome
        ? outcome.timeline.filter(({ type }) => type === "resubmitted").length
        : unknownSubmission === "resubmit"
          ? parts
          : 0;
    const paid = fakes[job.painter.provider].submits.filter(
      ({ projectId, prompt }) => projectId !== null && prompt === job.prompt,
    );
    if (paid.length > parts + admitted)
      verdict.doublePaid.push(
        `${job.painter.provider} "${job.prompt}" ${id}: ${paid.length} submits for ${parts} parts`,
      );

    const row = ledger.get(id);
    if (!("project" in outcome)) {
      if (!outcome.gone || stored.jobs.includes(id))
        verdict.stuck.push(`${job.painter.provider} "${job.prompt}" ${id}: deleted, but still there`);
      // What was delivered before the delete stays paid; what was not is refunded.
      const settled = row?.status === "complete" || row?.credits_refunded === row?.credits_charged;
      if (row && !settled)
        verdict.creditsOff.push(
          `${job.painter.provider} "${job.prompt}" ${id}: ledger says ${JSON.stringify(row)}`,
        );
      continue;
    }
    judgeKept(outcome, { row, servedHashes, verdict });
  }
  return verdict;
}

function judgeKept(
  { job, project, timeline, hashes }: KeptOutcome,
  { row, servedHashes, verdict }: { row: LedgerRow | undefined; servedHashes: Set<string>; verdict: Verdict },
): void {
  const name = `${job.painter.provider} "${job.prompt}" ${project.id}: ${project.status} ${project.error?.code ?? ""}`;
  if (project.status === "queued" || project.status === "rendering") verdict.stuck.push(name);
  else if (job.healthy && !isWhole(job, project)) {
    if (job.painter.tells || !mayBeUnknown(project, timeline)) verdict.lost.push(name);
  }

  const right = hashes.every(
    (hash, index) => hash === project.downloads[index]?.sha256 && servedHashes.has(hash),
  );
  if (!right) verdict.damaged.push(name);

  const net = row ? row.credits_charged - row.credits_refunded : Number.NaN;
  const due = ((row?.credits_charged ?? 0) / job.imageCount) * project.downloads.length;
  if (row?.status !== project.status || net !== due) {
    verdict.creditsOff.push(`${name}: ledger says ${JSON.stringify(row)}`);
  }
}

function isWhole(job: ChaosJob, project: Project): boolean {
  return project.status === "complete" && project.downloads.length === job.imageCount;
}

/** A part whose answer was lost twice, or once where no resubmit is wanted, ends without its images: as promised. */
function mayBeUnknown(project: Project, timeline: Timeline["items"]): boolean {
  const unknown = timeline.some(
    ({ type, reason }) => type === "part_failed" && `${reason}`.startsWith("submission_unknown"),
  );
  return unknown && (project.status === "complete" || project.error?.code === "submission_unknown");
}
