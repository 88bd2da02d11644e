// The real Worker, bundled, with everything counted that Cloudflare bills. `local-worker.ts` puts it beside this module.
import type { DurableObject } from "cloudflare:workers";
import { Activity, watchGlobals } from "./activity.ts";
import bluehour, * as bundled from "./bluehour.js";
import { meterBindings } from "./meter-bindings.ts";
import { meterStorage } from "./meter-storage.ts";
import { count, takeCounts } from "./tally.ts";

console.info = () => {};
watchGlobals();

/** How far the clock is ahead, in milliseconds. */
let aheadMs = 0;
const { now } = Date;
Date.now = () => now() + aheadMs;

type ObjectClass = new (state: DurableObjectState, bindings: object) => DurableObject;

/** A class whose objects count what is asked of them, what they write and how long they are active. */
function metered(Real: ObjectClass): ObjectClass {
  const activities = new WeakMap<object, Activity>();
  class Metered extends Real {
    constructor(state: DurableObjectState, bindings: object) {
      meterStorage(state.storage);
      super(state, meterBindings(bindings));
    }
  }
  for (const method of Object.getOwnPropertyNames(Real.prototype)) {
    const member: unknown = Reflect.get(Real.prototype, method);
    if (method === "constructor" || typeof member !== "function") continue;
    Object.defineProperty(Metered.prototype, method, {
      value(this: DurableObject, ...call: unknown[]) {
        count("objectRequests");
        if (method === "alarm") count("alarms");
        const activity = activities.get(this) ?? new Activity();
        activities.set(this, activity);
        return activity.during(() => Reflect.apply(member, this, call));
      },
    });
  }
  return Metered;
}

export const AccountObject = metered(bundled.AccountObject);
export const WebhookObject = metered(bundled.WebhookObject);

/** Lets a job's retention be over at once. */
export class JobObject extends metered(bundled.JobObject) {
  async retire(): Promise<void> {
    await this.alarm?.();
  }
}

interface Bindings {
  readonly JOBS: DurableObjectNamespace<JobObject>;
}

export default {
  async fetch(request, bindings, context) {
    const { pathname } = new URL(request.url);
    if (pathname === "/bench/counts") return Response.json(takeCounts());
    if (pathname === "/bench/retire") {
      const { ids, aheadMs: ms } = await request.json<{ ids: string[]; aheadMs: number }>();
      aheadMs = ms;
      for (const id of ids) await bindings.JOBS.get(bindings.JOBS.idFromString(id)).retire();
      aheadMs = 0;
      return new Response(null, { status: 204 });
    }
    count("workerRequests");
    if (!bluehour.fetch) throw new Error("The Worker answers no requests");
    return bluehour.fetch(request, meterBindings(bindings), context);
  },
} satisfies ExportedHandler<Bindings>;
