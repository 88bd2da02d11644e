import { createServer } from "node:http";
import { control } from "./control-routes.ts";
import { downloadImage } from "./download-route.ts";
import { type Exchange, sendAnswer } from "./exchange.ts";
import { FakeState, type RequestRecord, type ServedImage, type SubmitRecord } from "./fake-state.ts";
import { type FaultInput, faultSchema } from "./fault.ts";
import { deleteProject, getProject } from "./project-routes.ts";
import { submitProject } from "./submit-routes.ts";
import { createUploadUrls, putUpload } from "./upload-routes.ts";

export interface FakeUpstreamOptions {
  /** Any free one if left out. */
  port?: number;
  /** The one good key; `fake-key` if left out. */
  apiKey?: string;
  /** How long jobs take; 50 ms if left out. */
  renderMs?: number;
}

export interface FakeUpstream {
  /** For `MAGIC_HOUR_BASE_URL`. */
  readonly url: string;
  readonly apiKey: string;
  /** Creates with a good key, oldest first. */
  readonly submits: readonly SubmitRecord[];
  /** Downloads answered with an image, oldest first. */
  readonly images: readonly ServedImage[];
  /** Every request, oldest first. */
  readonly requests: readonly RequestRecord[];
  /** Lets the next fitting calls or jobs go wrong. */
  script(...faults: FaultInput[]): void;
  /** Forgets faults, jobs and what was recorded. */
  reset(): void;
  /** Stops listening and breaks what is open. */
  close(): Promise<void>;
}

/**
 * Magic Hour's image API over real HTTP on 127.0.0.1, failing in every way that tests can think of.
 *
 * @example
 * const upstream = await startFakeUpstream();
 * upstream.script({ type: "status", on: "submit", status: 503, times: 2 });
 */
export async function startFakeUpstream(options: FakeUpstreamOptions = {}): Promise<FakeUpstream> {
  const state = new FakeState({
    apiKey: options.apiKey ?? "fake-key",
    renderMs: options.renderMs ?? 50,
    now: Date.now,
  });
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? "/", "http://127.0.0.1");
    dispatch(state, { request, response, url }).catch(() => request.socket.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(options.port ?? 0, "127.0.0.1", resolve);
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The fake upstream has no port");

  return {
    url: `http://127.0.0.1:${address.port}`,
    apiKey: state.apiKey,
    submits: state.submits,
    images: state.images,
    requests: state.requests,
    script: (...faults) => state.scripted.add(faults.map((fault) => faultSchema.parse(fault))),
    reset: () => state.reset(),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function dispatch(state: FakeState, exchange: Exchange): Promise<void> {
  const { request, url } = exchange;
  const path = decodeURIComponent(url.pathname);
  if (path.startsWith("/__control/")) return control(state, exchange);

  const authorization = request.headers.authorization;
  state.requests.push({
    atMs: state.now(),
    method: request.method ?? "",
    path,
    authorized: authorization !== undefined,
  });
  if (path.startsWith("/v1/")) {
    if (authorization !== `Bearer ${state.apiKey}`) {
      return sendAnswer(exchange, { status: 401, body: { message: "Unauthorized" } });
    }
  } else if (authorization !== undefined) {
    // As S3 answers a signed address with a key beside it: the key had no business there.
    return sendAnswer(exchange, { status: 400, body: { message: "Only one auth mechanism allowed" } });
  }

  const [, image, index] = /^\/images\/([^/]+)\/(\d+)\.png$/.exec(path) ?? [];
  const project = /^\/v1\/image-projects\/([^/]+)$/.exec(path)?.[1];
  const upload = /^\/uploads\/(.+)$/.exec(path)?.[1];
  if (request.method === "POST") {
    if (path === "/v1/ai-image-generator") return submitProject(state, exchange);
    if (path === "/v1/ai-image-editor") return submitProject(state, exchange);
    if (path === "/v1/files/upload-urls") return createUploadUrls(state, exchange);
  }
  if (request.method === "GET" && project) return getProject(state, exchange, project);
  if (request.method === "DELETE" && project) return deleteProject(state, exchange, project);
  if (request.method === "PUT" && upload) return putUpload(state, exchange, upload);
  if (request.method === "GET" && image) return downloadImage(state, exchange, image, Number(index));
  sendAnswer(exchange, { status: 404, body: { message: "Not Found" } });
}
