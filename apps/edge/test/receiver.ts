import { createServer } from "node:http";

/** What a receiver was sent. */
export interface Received {
  readonly headers: Record<string, string>;
  /** As it came, byte for byte. */
  readonly body: string;
}

/**
 * Receivers of webhooks over real HTTP on 127.0.0.1, as many as there are names: `POST /{name}?moods=500,hang,204`
 * answers with the moods in turn, the last one for ever: a status, `hang` or `drop`. `GET /{name}` tells what it was
 * sent.
 */
export async function startReceivers() {
  const inboxes = new Map<string, Received[]>();
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? "/", "http://127.0.0.1");
    const inbox = inboxes.get(pathname) ?? [];
    inboxes.set(pathname, inbox);
    if (request.method === "GET") return void response.end(JSON.stringify(inbox));
    const chunks: Buffer[] = [];
    request.on("data", (chunk) => chunks.push(chunk));
    request.on("end", () => {
      const moods = (searchParams.get("moods") ?? "204").split(",");
      const mood = moods[Math.min(inbox.length, moods.length - 1)];
      const headers = Object.fromEntries(
        Object.entries(request.headers).map(([name, value]) => [name, `${value}`]),
      );
      inbox.push({ headers, body: Buffer.concat(chunks).toString() });
      if (mood === "hang") return;
      if (mood === "drop") return void request.socket.destroy();
      response.writeHead(Number(mood), mood === "302" ? { location: "/elsewhere" } : {}).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("No port");
  return {
    url: `http://127.0.0.1:${address.port}`,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
