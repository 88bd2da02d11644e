import {
  ALL_SCOPES,
  ApiError,
  type Created,
  createApp,
  type ImageEditorRequest,
  isTerminal,
  type Project,
  type Service,
} from "@bluehour/contract";
import { fakeAccounts } from "./fake-accounts.ts";
import { downloadOf, IMAGE, projectOf } from "./fake-project.ts";
import { fakeUploads } from "./fake-uploads.ts";
import { fakeWebhooks } from "./fake-webhooks.ts";

export const TOKEN = "t";
export const BASE_URL = "http://bluehour.test";

/** A request as the server saw it. */
interface Seen {
  readonly method: string;
  readonly path: string;
  readonly headers: Headers;
}

interface FakeOptions {
  readonly onCreate?: (id: string, prompt: string) => void;
  /** Where it is reached. */
  readonly origin?: () => string;
}

/** The real routes and errors over a service that keeps jobs in memory and does what the test says. */
export function fakeBluehour({ onCreate, origin = () => BASE_URL }: FakeOptions = {}) {
  const uploads = fakeUploads(origin);
  const webhooks = fakeWebhooks();
  const edits: ImageEditorRequest[] = [];
  const jobs = new Map<string, Project>();
  const revisions = new Map<string, number>();
  const createdByKey = new Map<string, Created>();
  const changes = new EventTarget();
  const seen: Seen[] = [];
  let cutting = new AbortController();

  const find = (id: string) => {
    const job = jobs.get(id);
    if (!job) throw new ApiError("not_found");
    return job;
  };
  const eventId = (id: string) => revisions.get(id) ?? 1;
  const changed = (id: string, signal: AbortSignal) =>
    new Promise<void>((resolve) => {
      changes.addEventListener(id, () => resolve(), { once: true, signal });
      signal.addEventListener("abort", () => resolve(), { once: true });
    });
  let watchers = 0;
  async function* watch(id: string, lastSeen: number, signal: AbortSignal) {
    watchers++;
    const stop = AbortSignal.any([signal, cutting.signal]);
    try {
      for (let seen = lastSeen; !stop.aborted; ) {
        if (seen === eventId(id)) await changed(id, stop);
        if (seen === eventId(id)) continue;
        seen = eventId(id);
        yield { id: `${seen}`, project: find(id) };
        if (isTerminal(find(id).status)) return;
      }
    } finally {
      watchers--;
    }
  }
  const update = (id: string, facts: Partial<Project>) => {
    jobs.set(id, { ...find(id), ...facts });
    revisions.set(id, eventId(id) + 1);
    changes.dispatchEvent(new Event(id));
    return find(id);
  };

  const create = (
    request: Pick<ImageEditorRequest, "image_count" | "style">,
    key: string | undefined,
    type: Project["type"],
  ) => {
    const before = key && createdByKey.get(key);
    if (before) return { created: before, replayed: true };
    const created = { id: `job${jobs.size + 1}`, credits_charged: 5, frame_cost: 5 };
    if (key) createdByKey.set(key, created);
    jobs.set(created.id, { ...projectOf(created.id, request.image_count), type });
    onCreate?.(created.id, request.style.prompt);
    return { created, replayed: false };
  };

  const service: Service = {
    health: () => ({ status: "ok", version: "1" }),
    authenticate: async (token) =>
      token === TOKEN ? { accountId: "default", tokenId: null, scopes: ALL_SCOPES, confined: false } : null,
    stands: async () => true,
    listProjects: async (_principal, { limit, cursor, status }) => {
      const all = [...jobs.values()].reverse().filter((job) => !status || job.status === status);
      const from = Number(cursor ?? 0);
      const next = from + limit;
      return { items: all.slice(from, next), next_cursor: next < all.length ? `${next}` : null };
    },
    webhooks: webhooks.service,
    accounts: fakeAccounts(),
    createImage: async (_principal, request, { idempotencyKey }) =>
      create(request, idempotencyKey, "AI_IMAGE"),
    editImage: async (_principal, request, { idempotencyKey }) => {
      const isMissing = (path: string) => !/^https:/.test(path) && !uploads.stored.has(path);
      if (request.assets.image_file_paths.some(isMissing)) throw new ApiError("not_found");
      edits.push(request);
      return create(request, idempotencyKey, "AI_IMAGE_EDITOR");
    },
    getProject: async (_principal, id, waitMs) => {
      const over = new AbortController();
      const timer = setTimeout(() => over.abort(), waitMs);
      if (waitMs === 0) over.abort();
      while (!isTerminal(find(id).status) && !over.signal.aborted) await changed(id, over.signal);
      clearTimeout(timer);
      return find(id);
    },
    watchProject: async (_principal, id, { lastEventId, signal }) => {
      const last = Number(lastEventId ?? 0);
      if (isTerminal(find(id).status) && last === eventId(id)) return null;
      return watch(id, last, signal);
    },
    deleteProject: async (_principal, id) => {
      find(id);
      jobs.delete(id);
    },
    cancelProject: async (_principal, id) => {
      if (isTerminal(find(id).status)) throw new ApiError("conflict");
      return update(id, { status: "canceled" });
    },
    getTimeline: async () => ({ items: [] }),
    createUploadUrls: async (_principal, request) => uploads.urls(request),
    listModels: async () => ({ items: [] }),
    diagnose: () => Promise.reject(new ApiError("not_found")),
  };
  const app = createApp({
    version: "1",
    service: () => service,
    corsOrigins: () => "*",
    onUnexpectedError: (error) => {
      throw error;
    },
  });

  const serve: typeof fetch = async (input, init) => {
    const request = new Request(input, init);
    const { pathname } = new URL(request.url);
    seen.push({ method: request.method, path: pathname, headers: request.headers });
    if (pathname.startsWith("/uploads/")) return uploads.serve(request);
    return pathname.startsWith("/images/") ? new Response(IMAGE) : app.request(request);
  };
  return {
    jobs,
    seen,
    /** What was uploaded, by `file_path`. */
    uploads: uploads.stored,
    /** What was asked to be edited. */
    edits,
    /** Webhooks that were asked for a test or a redelivery, by the way of their calls. */
    webhookCalls: webhooks.calls,
    update,
    fetch: serve,
    /** How many follow a job's events just now. */
    get watchers() {
      return watchers;
    },
    /** Ends every connection that follows events. */
    cutAll() {
      cutting.abort();
      cutting = new AbortController();
    },
    /** Ends a job with so many images, served at `/images/`. */
    complete: (id: string, count = 1) =>
      update(id, {
        status: "complete",
        downloads: Array.from({ length: count }, (_, index) =>
          downloadOf(`${BASE_URL}/images/${id}-${index}.png`),
        ),
      }),
  };
}
