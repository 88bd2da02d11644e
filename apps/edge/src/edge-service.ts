import {
  ApiError,
  type CreateOptions,
  type Health,
  type JobCreated,
  type Principal,
  type Project,
  type ProjectEvent,
  type Service,
} from "@bluehour/contract";
import type { JobSummary } from "@bluehour/core";
import packageJson from "../package.json" with { type: "json" };
import { createAccountService } from "./accounts/edge-account-service.ts";
import { refuse } from "./accounts/refuse.ts";
import { type AskedImage, askedToEdit, askedToPaint } from "./asked-image.ts";
import type { Bindings } from "./bindings.ts";
import { diagnose } from "./diagnostics/diagnose.ts";
import { jobAccess } from "./jobs/job-access.ts";
import type { Sighting } from "./jobs/watchers.ts";
import { listModels } from "./list-models.ts";
import { listProjects } from "./list-projects.ts";
import { log } from "./log.ts";
import { timelineOfLost } from "./lost-job.ts";
import { namespaces } from "./namespaces.ts";
import { orderJob } from "./order-job.ts";
import { toProject, toTimelineItem } from "./project.ts";
import { readSettings, type Settings } from "./settings.ts";
import { authenticateToken } from "./tokens/authenticate-token.ts";
import { TokenStanding } from "./tokens/token-standing.ts";
import { createUploadUrls } from "./uploads/create-upload-urls.ts";
import { checkReceiver, createWebhookService } from "./webhooks/edge-webhook-service.ts";
import { jobWebhookSecret } from "./webhooks/tell-event.ts";

/** Shared by all requests of this isolate. */
const standing = new TokenStanding();

/**
 * The service on Cloudflare: turns calls into messages to the Account and Job objects.
 *
 * @param origin - of the request, for the addresses of images when the settings name none
 * @throws ApiError `not_configured`
 */
export function createEdgeService(bindings: Bindings, origin: string): Service {
  const settings = readSettings(bindings);
  const objects = namespaces(bindings);
  const jobs = jobAccess(objects);
  const imagesUrl = imagesUrlOf(settings, origin);
  const project = (job: JobSummary) => toProject(job, imagesUrl);

  async function create(
    principal: Principal,
    asked: AskedImage,
    { idempotencyKey, requestId }: CreateOptions,
  ): Promise<JobCreated> {
    const extra = await jobWebhook(principal, asked);
    const [seed = 0] = crypto.getRandomValues(new Uint32Array(1));
    const admission = await orderJob(principal, asked, settings, {
      now: Date.now(),
      seed,
      idempotencyKey,
      imagesUrl,
    });
    const admitted = await objects.account(principal.accountId).admit(admission);
    if (!("id" in admitted)) return refuse(admitted);
    const { id, creditsCharged, outcome, rateLimit } = admitted;
    log("info", "job admitted", {
      request_id: requestId,
      job_id: id,
      account_id: principal.accountId,
      outcome,
    });
    return {
      created: { id, credits_charged: creditsCharged, frame_cost: creditsCharged, ...extra },
      replayed: outcome === "replayed",
      rateLimit,
    };
  }

  /** What the answer to a create with a `webhook_url` adds. */
  async function jobWebhook({ confined, accountId }: Principal, { request }: AskedImage) {
    if (request.webhook_url === undefined) return {};
    // Its holder would learn the secret by which the account's own receivers know us.
    if (confined) throw new ApiError("forbidden", "A browser token may not name a webhook_url");
    checkReceiver(request.webhook_url, settings);
    return { webhook_secret: await jobWebhookSecret(settings, accountId) };
  }

  return {
    accounts: createAccountService(objects, settings, standing),

    webhooks: createWebhookService(objects, settings),

    health: (): Health => ({ status: "ok", version: packageJson.version }),

    authenticate: (token, origin) => authenticateToken(token, origin, settings, Date.now()),

    async stands({ accountId, tokenId }) {
      if (tokenId === null) return true;
      return standing.stands(tokenId, () => objects.account(accountId).tokenStands(tokenId), Date.now());
    },

    createImage: (principal, request, options) => create(principal, askedToPaint(request), options),

    async editImage(principal, request, options) {
      const { allowPrivateHosts } = settings;
      const source = { accountId: principal.accountId, bucket: bindings.IMAGES, allowPrivateHosts };
      return create(principal, await askedToEdit(request, source), options);
    },

    listProjects: (principal, query) =>
      listProjects(principal, query, {
        index: objects.account(principal.accountId),
        read: (id) => jobs.read(principal, id),
        project,
      }),

    async getProject(principal, id, waitMs) {
      const last = waitMs > 0 ? await jobs.lastSighting(principal, id, AbortSignal.timeout(waitMs)) : null;
      return project(last ?? (await jobs.read(principal, id)));
    },

    async watchProject(principal, id, { lastEventId, signal }) {
      const lastSeen = /^\d{1,15}$/.test(lastEventId ?? "") ? Number(lastEventId) : 0;
      const sightings = await jobs.watch(principal, id, lastSeen, signal);
      return sightings && toProjectEvents(sightings, project);
    },

    async deleteProject(principal, id) {
      const ifAny = <T extends string>(removed: T) => (removed === "absent" ? null : removed);
      const outcome = await jobs.ask(
        principal,
        id,
        async (job) => ifAny(await job.remove(principal)),
        async (job) => {
          if (job.state === "unborn") return notBornYet();
          await objects.account(principal.accountId).settle(job.summary, true);
          return "deleted" as const;
        },
      );
      if (outcome === "unavailable") {
        throw new ApiError("unavailable", "The outputs are not gone yet; they will be, please ask again", {
          headers: { "Retry-After": "5" },
        });
      }
    },

    async cancelProject(principal, id) {
      const answer = await jobs.ask(
        principal,
        id,
        async (job) => {
          const canceled = await job.cancel(principal);
          return canceled.outcome === "absent" ? null : canceled;
        },
        (job) =>
          job.state === "unborn" ? notBornYet() : { outcome: "conflict" as const, project: job.summary },
      );
      if (answer.outcome === "conflict") {
        throw new ApiError("conflict", `The job is already ${answer.project.status}`);
      }
      return project(answer.project);
    },

    async getTimeline(principal, id) {
      const entries = await jobs.ask(
        principal,
        id,
        (job) => job.timeline(principal),
        (job) => (job.state === "unborn" ? notBornYet() : timelineOfLost(job.summary)),
      );
      return { items: entries.map(toTimelineItem) };
    },

    createUploadUrls: ({ accountId }, request) =>
      createUploadUrls(request, settings, {
        accountId,
        origin,
        now: Date.now(),
        account: objects.account(accountId),
      }),

    listModels: async () => listModels(settings),

    diagnose: () => diagnose(bindings, settings, { origin, imagesUrl, now: Date.now }),
  };
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
