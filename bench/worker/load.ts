import { DurableObject } from "cloudflare:workers";

interface Bindings {
  readonly BLUEHOUR: Fetcher;
  readonly SELF: Fetcher;
  readonly NOOP: DurableObjectNamespace<Noop>;
}

/** The least that a call to a Durable Object can be. */
export class Noop extends DurableObject {
  noop(): void {}
}

/** Where all births go. */
export class StillJob extends DurableObject {
  birth(): void {}
}

/** What one round measured. Times in milliseconds. */
export interface Round {
  readonly latenciesMs: number[];
  readonly failures: number;
}

/**
 * Makes load from inside workerd, where a request costs little. `/noop` is a request that makes one no-op call to a
 * Durable Object; `/run` sends so many requests, so many at once, either to that or as creates to Bluehour.
 */
export default {
  async fetch(request: Request, bindings: Bindings): Promise<Response> {
    const url = new URL(request.url);
    if (url.pathname === "/noop") {
      await bindings.NOOP.getByName("noop").noop();
      return new Response("{}");
    }
    const token = url.searchParams.get("token");
    const send = {
      noop: () => bindings.SELF.fetch("https://load/noop", { method: "POST", body: BODY }),
      create: () => create(bindings.BLUEHOUR, token ?? ""),
    }[url.searchParams.get("what") ?? ""];
    if (!send) return new Response("what?", { status: 400 });
    const total = Number(url.searchParams.get("requests"));
    return Response.json(await run(send, total, Number(url.searchParams.get("at_once"))));
  },
} satisfies ExportedHandler<Bindings>;

const BODY = JSON.stringify({
  image_count: 1,
  model: "sketch/default",
  style: { prompt: "a lighthouse at dusk, the last light on the water, a small boat coming home" },
});

/** As the client does it: with a key of its own each time. */
function create(bluehour: Fetcher, token: string): Promise<Response> {
  return bluehour.fetch("https://bluehour/v1/ai-image-generator", {
    method: "POST",
    headers: {
      Authorization: `Bearer ${token}`,
      "Content-Type": "application/json",
      "Idempotency-Key": crypto.randomUUID(),
    },
    body: BODY,
  });
}

async function run(send: () => Promise<Response>, total: number, atOnce: number): Promise<Round> {
  const latenciesMs: number[] = [];
  let [started, failures] = [0, 0];
  const lane = async () => {
    while (started++ < total) {
      const before = performance.now();
      const response = await send();
      await response.arrayBuffer();
      latenciesMs.push(performance.now() - before);
      if (!response.ok) failures += 1;
    }
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
  return { latenciesMs, failures };
}
