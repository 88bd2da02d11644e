import { DurableObject } from "cloudflare:workers";

interface Bindings {
  readonly NOOP: DurableObjectNamespace<Noop>;
}

/** The least that a Durable Object can be. */
export class Noop extends DurableObject {
  noop(): void {}
}

/** What nothing on Workers can be faster than: a request that does nothing, and one that asks an object to do nothing. */
export default {
  async fetch(request: Request, bindings: Bindings): Promise<Response> {
    if (new URL(request.url).pathname === "/object") await bindings.NOOP.getByName("noop").noop();
    return new Response("{}");
  },
} satisfies ExportedHandler<Bindings>;
