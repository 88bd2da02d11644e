// The real Worker, bundled, whose bucket is a server elsewhere. `local-worker.ts` puts it beside this module.
import bluehour, { JobObject as BundledJob } from "./bluehour.js";
import { remoteBucket } from "./remote-bucket.ts";

interface Bindings {
  readonly BUCKET_URL: string;
}

export { AccountObject, WebhookObject } from "./bluehour.js";

/** Stores what its provider has painted in the server's bucket. */
export class JobObject extends BundledJob {
  constructor(state: DurableObjectState, bindings: Bindings) {
    super(state, { ...bindings, IMAGES: remoteBucket(bindings.BUCKET_URL) });
  }
}

export default bluehour;
