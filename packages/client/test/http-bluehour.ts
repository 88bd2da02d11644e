import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { BASE_URL, fakeBluehour } from "./fake-bluehour.ts";
import { downloadOf } from "./fake-project.ts";

/** Big enough to arrive in several pieces. */
const PICTURE = new Uint8Array(400_000).map((_, index) => (index * 31) % 251);

/** How long a job stays in each of its states, in milliseconds. */
const STEP_MS = 40;

export interface HttpBluehour {
  readonly url: string;
  close(): Promise<void>;
}

/**
 * The fake on a port, for clients that run elsewhere. Jobs go their way by themselves; words in the prompt change it:
 * `fail` ends in an error, `hang` never ends, `cut` loses the first connections for its events, `half` is cut in the
 * middle of its first image.
 */
export async function startHttpBluehour(): Promise<HttpBluehour> {
  const fake = fakeBluehour({ onCreate: (id, prompt) => void live(id, prompt), origin: () => url });
  const cuts = new Map<string, number>();
  const prompts = new Map<string, string>();

  async function live(id: string, prompt: string): Promise<void> {
    prompts.set(id, prompt);
    const step = () => new Promise((resolve) => setTimeout(resolve, STEP_MS));
    for (const progress of [0.25, 0.5, 0.75]) {
      await step();
      if (fake.jobs.get(id)?.status === "canceled") return;
      fake.update(id, { status: "rendering", progress });
    }
    if (prompt.includes("hang")) return;
    await step();
    const error = { code: "content_rejected", message: "No" } as const;
    if (prompt.includes("fail")) fake.update(id, { status: "error", error });
    else {
      const files = [0, 1].map((index) => downloadOf(`${url}/images/${id}-${index}.png`, PICTURE));
      fake.update(id, { status: "complete", downloads: files });
    }
  }

  /** Whether to lose this connection: the first few of its kind. */
  const isCut = (what: string, times: number) => {
    const count = cuts.get(what) ?? 0;
    cuts.set(what, count + 1);
    return count < times;
  };

  function sendImage(request: IncomingMessage, response: ServerResponse): void {
    const id = /^\/images\/(\w+)-0/.exec(request.url ?? "")?.[1] ?? "";
    const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? "")?.[1] ?? 0);
    const rest = PICTURE.subarray(from);
    response.writeHead(from ? 206 : 200, { "Content-Length": rest.byteLength, ...OPEN });
    if (!prompts.get(id)?.includes("half") || !isCut(`image ${id}`, 1)) return void response.end(rest);
    response.write(rest.subarray(0, rest.byteLength / 2), () =>
      setTimeout(() => response.destroy(), STEP_MS),
    );
  }

  async function forward(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const id = /^\/v1\/image-projects\/(\w+)\/events$/.exec(request.url ?? "")?.[1] ?? "";
    const cut = prompts.get(id)?.includes("cut") && isCut(`events ${id}`, 5);
    if (cut) setTimeout(() => response.destroy(), STEP_MS);
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const answer = await fake.fetch(`${BASE_URL}${request.url}`, {
      method: request.method ?? "GET",
      headers: Object.entries(request.headers).map(([name, value]): [string, string] => [name, `${value}`]),
      ...(chunks.length > 0 ? { body: Buffer.concat(chunks) } : {}),
    });
    response.writeHead(answer.status, Object.fromEntries(answer.headers));
    const reader = answer.body?.getReader();
    response.on("close", () => void reader?.cancel());
    for (;;) {
      const { done = true, value } = (await reader?.read()) ?? {};
      if (done) break;
      response.write(value);
    }
    response.end();
  }

  const server = createServer((request, response) => {
    if (request.url?.startsWith("/images/")) sendImage(request, response);
    else void forward(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  // A TCP server that listens has an address with a port.
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Pages of any origin may read an image. */
const OPEN = { "Access-Control-Allow-Origin": "*", "Content-Type": "image/png" };
