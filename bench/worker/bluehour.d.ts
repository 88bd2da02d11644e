import { DurableObject } from "cloudflare:workers";

declare global {
  namespace Cloudflare {
    interface Env {
      STILL: DurableObjectNamespace<import("./load.ts").StillJob>;
    }
  }
}

/** The bundled Worker, as far as the bench knows it. */
export class AccountObject extends DurableObject {
  constructor(state: DurableObjectState, bindings: unknown);
}
export class JobObject extends DurableObject {
  constructor(state: DurableObjectState, bindings: unknown);
}
export class WebhookObject extends DurableObject {
  constructor(state: DurableObjectState, bindings: unknown);
}
declare const worker: ExportedHandler<object>;
export default worker;
