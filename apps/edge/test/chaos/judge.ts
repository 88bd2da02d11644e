import type { Project, Timeline } from "@bluehour/contract";
import type { FakeUpstream } from "@bluehour/providers/fake-upstream";
import type { ChaosJob } from "./chaos-job.ts";
import type { StoredState } from "./stored-state.ts";

/** Images that one upstream call brings from the model `magic-hour/default`. */
const IMAGES_PER_CALL = 4;
const CREDITS_PER_IMAGE = 5;

/** One job, from its creation to what its URLs give. */
export interface ChaosOutcome {
  readonly job: ChaosJob;
  readonly project: Project;
  readonly timeline: Timeline["items"];
  /** sha256 of what each download URL gives. */
  readonly hashes: string[];
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
  upstream: Pick<FakeUpstream, "submits" | "images">,
  stored: StoredState,
): Verdict {
  const servedHashes = new Set(upstream.images.map(({ sha256 }) => sha256));
  const known = new Set(
    outcomes.flatMap(({ project }) => project.downloads.map(({ url }) => url.split("/").at(-1))),
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
  for (const { job, project, timeline, hashes } of outcomes) {
    const name = `"${job.prompt}" ${project.id}: ${project.status} ${project.error?.code ?? ""}`;
    if (project.status === "queued" || project.status === "rendering") verdict.stuck.push(name);
    else if (job.healthy && !isWhole(job, project) && !mayBeUnknown(project, timeline))
      verdict.lost.push(name);

    const right = hashes.every(
      (hash, index) => hash === project.downloads[index]?.sha256 && servedHashes.has(hash),
    );
    if (!right) verdict.damaged.push(name);

    const paid = upstream.submits.filter(
      (submit) => submit.projectId !== null && promptOf(submit.body) === job.prompt,
    );
    const owned = Math.ceil(job.imageCount / IMAGES_PER_CALL);
    const admitted = timeline.filter(({ type }) => type === "resubmitted").length;
    if (paid.length > owned + admitted)
      verdict.doublePaid.push(`${name}: ${paid.length} submits for ${owned} parts`);

    const row = ledger.get(project.id);
    const net = row ? row.credits_charged - row.credits_refunded : Number.NaN;
    if (row?.status !== project.status || net !== project.downloads.length * CREDITS_PER_IMAGE) {
      verdict.creditsOff.push(`${name}: ledger says ${JSON.stringify(row)}`);
    }
  }
  return verdict;
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

function promptOf(body: unknown): unknown {
  const parsed = body as { style?: { prompt?: unknown } };
  return parsed.style?.prompt;
}
