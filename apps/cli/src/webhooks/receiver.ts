import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { HOST } from "../local-worker.ts";

/** An event as it came: nothing of it is read yet. */
export interface ReceivedDelivery {
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer<ArrayBuffer>;
}

export interface Receiver {
  readonly url: string;
  close(): void;
}

/** Our receivers, among the endpoints of an account. */
const PATH = "/bluehour-webhooks-listen";

/**
 * Takes deliveries at a free port that only this machine reaches.
 *
 * @param answer - the status to answer with; must not reject
 */
export async function startReceiver(
  answer: (delivery: ReceivedDelivery) => Promise<number>,
): Promise<Receiver> {
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const isDelivery = request.method === "POST" && request.url === PATH;
    const body = Buffer.concat(chunks);
    response.writeHead(isDelivery ? await answer({ headers: request.headers, body }) : 204).end();
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, HOST, resolve);
  });
  // A TCP server that listens has an address with a port.
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://${HOST}:${port}${PATH}`,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** Whether an endpoint was a receiver of ours, whose process was killed before it could take it away. */
export async function isLeftBehind(url: string): Promise<boolean> {
  const { hostname, pathname } = new URL(url);
  if (hostname !== HOST || pathname !== PATH) return false;
  return fetch(url).then(
    () => false,
    () => true,
  );
}
