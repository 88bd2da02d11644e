import { createServer } from "node:http";

/** A server that takes whatever is put there, and counts it. */
export interface Sink {
  readonly url: string;
  /** Bytes of all bodies that came whole. */
  readonly bytes: number;
  close(): void;
}

export async function startSink(): Promise<Sink> {
  let bytes = 0;
  const server = createServer((request, response) => {
    let own = 0;
    request.on("data", (chunk: Buffer) => {
      own += chunk.length;
    });
    request.on("end", () => {
      bytes += own;
      response.end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("No port");
  return {
    url: `http://127.0.0.1:${address.port}`,
    get bytes() {
      return bytes;
    },
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
