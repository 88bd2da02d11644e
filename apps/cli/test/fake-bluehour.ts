import { createHash } from "node:crypto";
import { EventEmitter, once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import {
  ALL_SCOPES,
  ApiError,
  createApp,
  type ImageEditorRequest,
  type ImageGeneratorRequest,
  isTerminal,
  type Project,
  type ProjectEvent,
  type Service,
} from "@bluehour/contract";
import { onTestFinished } from "vitest";

export const TOKEN = "secret";
export const IMAGE = Buffer.from("not really a picture, but bytes all the same");

export interface FakeBluehour {
  readonly url: string;
  /** What was asked to be painted. */
  readonly requests: (ImageGeneratorRequest | ImageEditorRequest)[];
  readonly jobs: Map<string, Project>;
  /** What was uploaded, by `file_path`. */
  readonly uploads: Map<string, Buffer>;
}

/**
 * The real routes over a service in memory, on a free port until the test is over. A job renders at the second
 * look and is complete at the third; one whose prompt is "fail" fails, and "hang" goes on until it is canceled.
 */
export async function fakeBluehour(): Promise<FakeBluehour> {
  const requests: FakeBluehour["requests"] = [];
  const uploads: FakeBluehour["uploads"] = new Map();
  const jobs = new Map<string, Project>();
  const changes = new EventEmitter();
  let url = "";

  const find = (id: string) => {
    const job = jobs.get(id);
    if (!job) throw new ApiError("not_found");
    return job;
  };
  const update = (id: string, facts: Partial<Project>) => {
    const job = { ...find(id), ...facts };
    jobs.set(id, job);
    changes.emit(id);
    return job;
  };
  const look = (id: string): Project => {
    const job = find(id);
    const prompt = requests[Number(id.slice(3)) - 1]?.style.prompt;
    if (isTerminal(job.status)) return job;
    if (job.status === "queued") {
      update(id, { status: "rendering", progress: 0.5 });
      return job;
    }
    if (prompt === "hang") return job;
    if (prompt === "fail") {
      update(id, { status: "error", error: { code: "content_rejected", message: "The provider\nrefused" } });
    } else {
      update(id, { status: "complete", progress: 1, downloads: downloadsOf(id, job.image_count, url) });
    }
    return job;
  };

  async function* watch(id: string): AsyncGenerator<ProjectEvent, void> {
    for (let event = 1; ; event++) {
      const project = look(id);
      yield { id: `${event}`, project };
      if (isTerminal(project.status)) return;
      if (find(id) === project) await once(changes, id);
    }
  }

  const create = (request: FakeBluehour["requests"][number], type: Project["type"]) => {
    requests.push(request);
    const id = `job${requests.length}`;
    jobs.set(id, { ...projectOf(id, request), type });
    return { created: { id, credits_charged: 5, frame_cost: 5 }, replayed: false };
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
    createImage: async (_principal, request) => create(request, "AI_IMAGE"),
    editImage: async (_principal, request) => create(request, "AI_IMAGE_EDITOR"),
    getProject: async (_principal, id) => look(id),
    watchProject: async (_principal, id) => watch(id),
    deleteProject: async () => {},
    cancelProject: async (_principal, id) => update(id, { status: "canceled" }),
    getTimeline: async () => ({ items: [] }),
    createUploadUrls: async (_principal, { items }) => ({
      items: items.map(({ extension }, index) => {
        const file_path = `uploads/default/${index}.${extension}`;
        const upload_url = `${url}/${file_path}`;
        return { upload_url, expires_at: "2026-02-01T00:00:00.000Z", file_path };
      }),
    }),
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
  app.put("/uploads/default/:file", async (context) => {
    uploads.set(context.req.path.slice(1), Buffer.from(await context.req.arrayBuffer()));
    return context.body(null, 200);
  });
  app.get("/images/:file", (context) => context.body(new Uint8Array(IMAGE)));

  const server = createServer(async (message, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of message) chunks.push(chunk);
    const headers = Object.entries(message.headers).map(([name, value]): [string, string] => [
      name,
      String(value),
    ]);
    const hasBody = message.method !== "GET" && message.method !== "HEAD";
    const answer = await app.request(`${url}${message.url}`, {
      method: message.method ?? "GET",
      headers,
      ...(hasBody ? { body: Buffer.concat(chunks) } : {}),
    });
    response.writeHead(answer.status, Object.fromEntries(answer.headers));
    // A caller may hang up in the middle.
    await pipeline(answer.body ? Readable.from(answer.body) : [], response).catch(() => {});
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  // A TCP server that listens has an address with a port.
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url, requests, jobs, uploads };
}

function downloadsOf(id: string, count: number, url: string): Project["downloads"] {
  return Array.from({ length: count }, (_, index) => ({
    url: `${url}/images/${id}-${index + 1}.png`,
    expires_at: "2026-02-01T00:00:00.000Z",
    width: 1,
    height: 1,
    content_type: "image/png",
    bytes: IMAGE.byteLength,
    sha256: createHash("sha256").update(IMAGE).digest("hex"),
  }));
}

function projectOf(id: string, { image_count, model, name }: FakeBluehour["requests"][number]): Project {
  return {
    id,
    name: name ?? null,
    status: "queued",
    image_count,
    type: "AI_IMAGE",
    created_at: "2026-01-01T00:00:00.000Z",
    enabled: true,
    credits_charged: 5,
    total_frame_cost: 5,
    downloads: [],
    error: null,
    aspect_ratio: "1:1",
    images: Array.from({ length: image_count }, (_, index) => ({
      index,
      status: "queued",
      progress: null,
      download: null,
      error: null,
    })),
    model,
    provider: "sketch",
    progress: 0,
    started_at: null,
    completed_at: null,
  };
}
