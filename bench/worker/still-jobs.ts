import { env } from "cloudflare:workers";
// The real Worker, bundled; `bench-worker.ts` puts it beside this module.
import bluehour, { JobObject, AccountObject as RealAccount } from "./bluehour.js";

// A line for every request would be a good part of what is measured.
console.info = () => {};

/** Takes an order over and does nothing with it. */
interface StillJob {
  birth(order: unknown): Promise<void>;
}

/**
 * The real Account object, with jobs that lie still: each has an id of its own, and all are one object that does
 * nothing. A job's object lives on some other machine; here, making one would cost more than all that is measured.
 */
export class AccountObject extends RealAccount {
  constructor(state: DurableObjectState, bindings: { JOBS: DurableObjectNamespace }) {
    const { JOBS } = bindings;
    const still: StillJob = env.STILL.getByName("still");
    super(state, {
      ...bindings,
      JOBS: {
        newUniqueId: () => JOBS.newUniqueId(),
        idFromString: (id: string) => JOBS.idFromString(id),
        get: () => still,
      },
    });
  }
}

export { JobObject };
export default bluehour;
