import { createHash } from "node:crypto";
import {
  ALL_SCOPES,
  ApiError,
  type Created,
  createApp,
  type Download,
  isTerminal,
  type Project,
  type Service,
} from "@bluehour/contract";

export const IMAGE = new TextEncoder().encode("not really a picture, but bytes all the same");
export const TOKEN = "t";
export const BASE_URL = "http://bluehour.test";

/** What the server says of a file. */
export function downloadOf(url: string, content: Uint8Array = IMAGE): Download {
  return {
    url,
    expires_at: "2026-02-01T00:00:00.000Z",
    width: 1,
    height: 1,
    content_type: "image/png",
    bytes: content.byteLength,
    sha256: createHash("sha256").update(content).digest("hex"),
  };
}

/** A request as the server saw it. */
interface Seen {
  readonly method: string;
  readonly path: string;
  readonly headers: Headers;
}

/** The real routes and errors over a service that keeps jobs in memory and does what the test says. */
export function fakeBluehour({ onCreate }: { onCreate?: (id: string, prompt: string) => void } = {}) {
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

  const service: Service = {
    health: () => ({ status: "ok", version: "1" }),
    authenticate: async (token) =>
      token === TOKEN ? { accountId: "default", tokenId: null, scopes: ALL_SCOPES, confined: false } : null,
    stands: async () => true,
    listProjects: async () => ({ items: [...jobs.values()].reverse(), next_cursor: null }),
    get webhooks(): never {
      throw new Error("This fake has no webhooks");
    },
    get accounts(): never {
      throw new Error("This fake has no accounts");
    },
    createImage: async (_principal, request, { idempotencyKey }) => {
      const before = idempotencyKey && createdByKey.get(idempotencyKey);
      if (before) return { created: before, replayed: true };
      const created = { id: `job${jobs.size + 1}`, credits_charged: 5, frame_cost: 5 };
      if (idempotencyKey) createdByKey.set(idempotencyKey, created);
      jobs.set(created.id, projectOf(created.id, request.image_count));
      onCreate?.(created.id, request.style.prompt);
      return { created, replayed: false };
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
    editImage: () => Promise.reject(new ApiError("not_found")),
    createUploadUrls: async () => ({ items: [] }),
    listModels: async () => ({ items: [] }),
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
    return pathname.startsWith("/images/") ? new Response(IMAGE) : app.request(request);
  };
  return {
    jobs,
    seen,
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

export function projectOf(id: string, imageCount = 1): Project {
  return {
    id,
    name: null,
    status: "queued",
    image_count: imageCount,
    type: "AI_IMAGE",
    created_at: "2026-01-01T00:00:00.000Z",
    enabled: true,
    credits_charged: 5,
    total_frame_cost: 5,
    downloads: [],
    error: null,
    model: "default",
    provider: "sketch",
    progress: 0,
    started_at: null,
    completed_at: null,
  };
}
