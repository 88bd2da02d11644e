import { connect, createServer, type Socket } from "node:net";

export interface CuttingProxy {
  readonly url: string;
  /** Connections cut so far. */
  readonly cuts: number;
  close(): Promise<void>;
}

/** How many pieces of the answer get through: none, not the first, enough for a short answer. */
const LIVES = [0, 1, 6] as const;

/** Longest life of a connection that is to be cut, in milliseconds. */
const LIFE_MS = 200;

/**
 * A TCP proxy that cuts the first so many connections, each at another moment: as soon as it has asked, when the answer
 * begins, in the middle of the answer.
 *
 * @param port - of what is behind it, on 127.0.0.1
 */
export async function startCuttingProxy(port: number, cutFirst: number): Promise<CuttingProxy> {
  const open = new Set<Socket>();
  let connections = 0;
  let cuts = 0;

  const server = createServer((client) => {
    const index = connections++;
    const upstream = connect(port, "127.0.0.1");
    let chunks = LIVES[index % LIVES.length] ?? 0;
    const isDoomed = index < cutFirst;
    const end = () => {
      clearTimeout(timer);
      open.delete(client);
      client.destroy();
      upstream.destroy();
    };
    const cut = () => {
      if (!isDoomed || client.destroyed) return;
      cuts++;
      end();
    };
    const timer = setTimeout(cut, LIFE_MS);
    open.add(client);
    client.on("data", (data) => {
      upstream.write(data);
      if (chunks === 0) cut();
    });
    upstream.on("data", (data) => {
      if (--chunks <= 0) cut();
      if (!client.destroyed) client.write(data);
    });
    for (const socket of [client, upstream]) socket.on("error", end).on("close", end);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("No port");
  return {
    url: `http://127.0.0.1:${address.port}`,
    get cuts() {
      return cuts;
    },
    close: async () => {
      for (const socket of open) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
