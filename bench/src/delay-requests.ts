import { request as ask, createServer } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";

/** A server far away: passes each request on after a while. */
export interface Delayed {
  readonly url: string;
  close(): void;
}

/** @param target - a server on this machine */
export async function delayRequests(target: string, delayMs: number): Promise<Delayed> {
  const server = createServer(async (request, response) => {
    const { method, headers, url } = request;
    await sleep(delayMs);
    const passed = ask(new URL(url ?? "/", target), { ...(method && { method }), headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    passed.on("error", () => response.destroy());
    request.pipe(passed);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("No port");
  return {
    url: `http://127.0.0.1:${address.port}`,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
