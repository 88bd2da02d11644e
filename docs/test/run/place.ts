import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { startFakeUpstream } from "@bluehour/providers/fake-upstream";
import { type LocalWorker, startLocalWorker } from "../../../apps/cli/src/local-worker.ts";
import { CAT } from "../given/cat.ts";
import { ROOT } from "../markdown/read-document.ts";

/** The operator's token of the Worker that the documents talk to. */
const TOKEN = "docs-test-token";

/** Where the documents are followed: one Worker for all of them, and what else they meet. */
export interface Place {
  readonly worker: LocalWorker;
  /** Addresses as the documents have them → addresses here. Longer ones first. */
  readonly addresses: readonly (readonly [theirs: string, here: string])[];
  /** Variables of every program. */
  readonly variables: Readonly<Record<string, string>>;
  /** Of all that the documents make. */
  readonly directory: string;
  /** A directory a document, inside this package: programs find their packages from there. */
  directoryOf(document: string): Promise<string>;
  close(): Promise<void>;
}

/** Starts the Worker through the CLI's own code, fakes of three providers, and a host of somebody else's. */
export async function openPlace(addresses: Place["addresses"]): Promise<Place> {
  const outputs = join(ROOT, "docs/outputs");
  await mkdir(outputs, { recursive: true });
  const directory = await mkdtemp(join(outputs, "followed-"));
  const state = join(directory, "state");
  const [google, replicate, openai, elsewhere] = await Promise.all([
    startFakeUpstream({ provider: "google" }),
    startFakeUpstream({ provider: "replicate" }),
    startFakeUpstream({ provider: "openai", apiKey: "any" }),
    listen(answerElsewhere),
  ]);
  const vars = {
    ADMIN_TOKEN: TOKEN,
    SIGNING_SECRET: "docs-test-secret",
    DEFAULT_MODEL: "sketch/default",
    SKETCH_RENDER_MS: "50",
    // All documents together create more than one account may in a minute.
    RATE_LIMIT_PER_MINUTE: "100000",
    GOOGLE_API_KEY: google.apiKey,
    GOOGLE_BASE_URL: google.url,
    REPLICATE_API_KEY: replicate.apiKey,
    REPLICATE_BASE_URL: replicate.url,
  };
  // As `dev`'s, it is lent to the commands of the documents.
  const worker = await startLocalWorker({ persistTo: state, vars, startedBy: "dev" });
  return {
    worker,
    directory,
    addresses: [
      ...addresses,
      ["http://localhost:8787", worker.url],
      ["https://images.example.com", worker.url],
      ["https://bluehour.acme.workers.dev", worker.url],
      ["https://bluehour-staging.acme.workers.dev", worker.url],
      ["https://example.com", elsewhere.url],
      ["http://localhost:8080", openai.url],
    ],
    variables: {
      URL: worker.url,
      TOKEN: worker.token,
      ADMIN_TOKEN: worker.token,
      BLUEHOUR_URL: worker.url,
      BLUEHOUR_TOKEN: worker.token,
      BLUEHOUR_STATE: state,
    },
    async directoryOf(document) {
      const own = join(directory, document.replace(/\.md$/, "").replaceAll("/", "-"));
      await mkdir(own, { recursive: true });
      return own;
    },
    async close() {
      await Promise.all([
        worker.stop(),
        google.close(),
        replicate.close(),
        openai.close(),
        elsewhere.close(),
      ]);
      await rm(directory, { recursive: true });
    },
  };
}

/** A server of this machine on a free port. */
export async function listen(listener: RequestListener): Promise<{ url: string; close(): Promise<void> }> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  // A TCP server that listens has an address of this form.
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://localhost:${port}`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** A receiver of webhooks that takes everything, and the host of an image. */
const answerElsewhere: RequestListener = (request, response) => {
  request.resume();
  if (request.url === "/hook") return void response.writeHead(204).end();
  if (request.url?.endsWith(".jpg"))
    return void response.writeHead(200, { "Content-Type": "image/png" }).end(CAT);
  response.writeHead(404).end();
};
