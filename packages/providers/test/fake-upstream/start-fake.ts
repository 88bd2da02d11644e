import { createServer } from "node:http";
import { control } from "./control-routes.ts";
import type { Dialect } from "./dialect.ts";
import { downloadImage } from "./download-route.ts";
import { answerWithFault, type Exchange, sendAnswer } from "./exchange.ts";
import { FakeState } from "./fake-state.ts";
import { type FaultInput, faultSchema, ofCall } from "./fault.ts";
import { refusal } from "./take-submit.ts";

export interface FakeUpstreamOptions {
  /** Any free one if left out. */
  port?: number;
  /** The one good key; `fake-key` if left out. */
  apiKey?: string;
  /** How long jobs take; 50 ms if left out. */
  renderMs?: number;
}

/** A fake provider that listens. The lists grow while it does. */
export interface FakeUpstream
  extends Readonly<Pick<FakeState, "apiKey" | "submits" | "images" | "requests" | "callbacks">> {
  /** For the provider's `_BASE_URL`. */
  readonly url: string;
  /** Lets the next fitting calls or jobs go wrong. */
  script(...faults: FaultInput[]): void;
  /** Forgets faults, jobs and what was recorded. */
  reset(): void;
  /** Stops listening and breaks what is open. */
  close(): Promise<void>;
}

/**
 * A provider's API over real HTTP on 127.0.0.1, in the shapes that the provider documents, failing in every way
 * that tests can think of.
 *
 * @example
 * const upstream = await startFake(replicateDialect);
 * upstream.script({ type: "status", on: "submit", status: 503, times: 2 });
 */
export async function startFake(dialect: Dialect, options: FakeUpstreamOptions = {}): Promise<FakeUpstream> {
  const state = new FakeState({
    apiKey: options.apiKey ?? "fake-key",
    renderMs: options.renderMs ?? 50,
    now: Date.now,
    callbackBody: dialect.callbackBody?.bind(dialect),
  });
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? "/", "http://127.0.0.1");
    const exchange = { request, response, url, errorBody: dialect.errorBody };
    dispatch(dialect, state, exchange).catch(() => request.socket.destroy());
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
    callbacks: state.callbacks,
    script: (...faults) => state.scripted.add(faults.map((fault) => faultSchema.parse(fault))),
    reset: () => state.reset(),
    close: () =>
      new Promise((resolve) => {
        for (const timer of state.timers) clearTimeout(timer);
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function dispatch(dialect: Dialect, state: FakeState, exchange: Exchange): Promise<void> {
  const { request, url } = exchange;
  const path = decodeURIComponent(url.pathname);
  if (path.startsWith("/__control/")) return control(state, exchange);

  const { key, api } = dialect;
  const given = key && request.headers[key.header];
  state.requests.push({
    atMs: state.now(),
    method: request.method ?? "",
    path,
    authorized: given !== undefined,
  });
  if (api.test(path)) {
    if (given !== key?.value(state.apiKey))
      return sendAnswer(exchange, refusal(exchange, 401, "Unauthorized"));
  } else if (given !== undefined) {
    // As S3 answers a signed address with a key beside it: the key had no business there.
    return sendAnswer(exchange, refusal(exchange, 400, "Only one auth mechanism allowed"));
  }

  if (request.method === "GET" && dialect.check.path.test(path)) {
    const fault = state.scripted.take(ofCall("check"));
    return answerWithFault(exchange, fault, () => ({ status: 200, body: dialect.check.body }));
  }
  for (const route of dialect.routes) {
    const match = route.method === request.method ? route.path.exec(path) : null;
    if (match) return route.handle(state, exchange, ...match.slice(1));
  }
  const [, job, index] = /^\/images\/([^/]+)\/(\d+)\.png$/.exec(path) ?? [];
  if (request.method === "GET" && job) return downloadImage(state, exchange, job, Number(index));
  sendAnswer(exchange, refusal(exchange, 404, "Not Found"));
}
