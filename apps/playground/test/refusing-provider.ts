import { once } from "node:events";
import { createServer } from "node:http";

/** A provider that turns every prompt away, as OpenAI's moderation does. */
export async function startRefusingProvider(): Promise<{ url: string; close(): void }> {
  const server = createServer((request, response) => {
    request.resume();
    response.writeHead(400, { "Content-Type": "application/json" });
    response.end(
      JSON.stringify({ error: { code: "moderation_blocked", message: "Your request was rejected" } }),
    );
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("No port");
  return { url: `http://127.0.0.1:${address.port}`, close: () => server.close() };
}
