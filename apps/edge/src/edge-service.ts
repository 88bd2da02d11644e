import {
  ApiError,
  type CreateOptions,
  type Health,
  type ImageGeneratorRequest,
  type Principal,
  type Project,
  type ProjectEvent,
  type Service,
} from "@bluehour/contract";
import { type JobOrder, type JobSummary, openJob, summarize } from "@bluehour/core";
import packageJson from "../package.json" with { type: "json" };
import type { Bindings } from "./bindings.ts";
import { secretsEqual } from "./constant-time.ts";
import type { JobObject } from "./jobs/job-object.ts";
import { followJob, type OpenWatch, openWatch } from "./jobs/watch-job.ts";
import type { Sighting } from "./jobs/watchers.ts";
import { log } from "./log.ts";
import { namespaces } from "./namespaces.ts";
import { orderJob } from "./order-job.ts";
import { toProject, toTimelineItem } from "./project.ts";
import { readSettings, type Settings } from "./settings.ts";
import { createUploadUrls } from "./uploads/create-upload-urls.ts";

/** The account that the operator's token acts on. */
const OPERATOR: Principal = { accountId: "default" };

/**
 * The service on Cloudflare: turns calls into messages to the Account and Job objects.
 *
 * @param origin - of the request, for the addresses of images when the settings name none
 * @throws ApiError `not_configured`
 */
export function createEdgeService(bindings: Bindings, origin: string): Service {
  const settings = readSettings(bindings);
  const objects = namespaces(bindings);
  const imagesUrl = imagesUrlOf(settings, origin);
  const project = (job: JobSummary) => toProject(job, imagesUrl);

  /**
   * Asks a job. One that is not born yet is born first, and then asked again.
   *
   * @param question - answers null when the job does not know itself
   * @param unborn - answers for a job that cannot be born just now
   */
  async function ask<T>(
    { accountId }: Principal,
    id: string,
    question: (job: DurableObjectStub<JobObject>) => Promise<T | null>,
    unborn: (order: JobOrder) => T = notBornYet,
  ): Promise<T> {
    const job = objects.job(id);
    if (!job) throw new ApiError("not_found");
    const answer = await question(job);
    if (answer !== null) return answer;
    const known = await objects.account(accountId).find(id);
    if (known.state === "unborn") return unborn(known.order);
    const second = known.state === "born" ? await question(job) : null;
    if (second === null) throw new ApiError("not_found");
    return second;
  }

  /** Watches a job. @returns null when it has ended and `lastSeen` is how */
  async function watch(
    principal: Principal,
    id: string,
    lastSeen: number,
    signal: AbortSignal,
  ): Promise<AsyncIterable<Sighting> | null> {
    const open: OpenWatch = (seen) =>
      ask(
        principal,
        id,
        (job) => openWatch(job, principal.accountId, seen),
        (order) => ({ state: "unborn", sighting: { id: 0, job: summaryBeforeBirth(order) } }),
      );
    const first = await open(lastSeen);
    return first.state === "over" ? null : followJob(first, open, lastSeen, signal);
  }

  return {
    health: (): Health => ({ status: "ok", version: packageJson.version }),

    authenticate: async (token) => ((await secretsEqual(token, settings.adminToken)) ? OPERATOR : null),

    async createImage(
      principal,
      request: ImageGeneratorRequest,
      { idempotencyKey, requestId }: CreateOptions,
    ) {
      const [seed = 0] = crypto.getRandomValues(new Uint32Array(1));
      const admission = await orderJob(principal, request, settings, {
        now: Date.now(),
        seed,
        idempotencyKey,
      });
      const admitted = await objects.account(principal.accountId).admit(admission);
      if (admitted.outcome === "idempotency_mismatch") throw new ApiError("idempotency_mismatch");
      const { id, creditsCharged, outcome } = admitted;
      log("info", "job admitted", {
        request_id: requestId,
        job_id: id,
        account_id: principal.accountId,
        outcome,
      });
      return {
        created: { id, credits_charged: creditsCharged, frame_cost: creditsCharged },
        replayed: outcome === "replayed",
      };
    },

    async getProject(principal, id, waitMs) {
      if (waitMs > 0) {
        let last: Sighting | null = null;
        const sightings = await watch(principal, id, 0, AbortSignal.timeout(waitMs));
        for await (const sighting of sightings ?? []) last = sighting;
        if (last) return project(last.job);
      }
      return project(await ask(principal, id, (job) => job.read(principal.accountId), summaryBeforeBirth));
    },

    async watchProject(principal, id, { lastEventId, signal }) {
      const lastSeen = /^\d{1,15}$/.test(lastEventId ?? "") ? Number(lastEventId) : 0;
      const sightings = await watch(principal, id, lastSeen, signal);
      return sightings && toProjectEvents(sightings, project);
    },

    async deleteProject(principal, id) {
      const outcome = await ask(principal, id, async (job) => {
        const removed = await job.remove(principal.accountId);
        return removed === "absent" ? null : removed;
      });
      if (outcome === "unavailable") {
        throw new ApiError("unavailable", "The outputs are not gone yet; they will be, please ask again", {
          headers: { "Retry-After": "5" },
        });
      }
    },

    async cancelProject(principal, id) {
      const answer = await ask(principal, id, async (job) => {
        const canceled = await job.cancel(principal.accountId);
        return canceled.outcome === "absent" ? null : canceled;
      });
      if (answer.outcome === "conflict") {
        throw new ApiError("conflict", `The job is already ${answer.project.status}`);
      }
      return project(answer.project);
    },

    async getTimeline(principal, id) {
      const entries = await ask(principal, id, (job) => job.timeline(principal.accountId));
      return { items: entries.map(toTimelineItem) };
    },

    createUploadUrls: ({ accountId }, request) =>
      createUploadUrls(request, settings, { accountId, origin, now: Date.now() }),
  };
}

function summaryBeforeBirth(order: JobOrder): JobSummary {
  return summarize(openJob(order, order.createdAt));
}

async function* toProjectEvents(
  sightings: AsyncIterable<Sighting>,
  project: (job: JobSummary) => Project,
): AsyncGenerator<ProjectEvent, void> {
  for await (const { id, job } of sightings) yield { id: `${id}`, project: project(job) };
}

function notBornYet(): never {
  throw new ApiError("unavailable", "The job is still being set up, please retry", {
    headers: { "Retry-After": "2" },
  });
}

/** Where images are public, without a slash at the end. */
function imagesUrlOf(settings: Settings, origin: string): string {
  return settings.publicImagesUrl ?? `${settings.publicUrl ?? origin}/images`;
}
