import type { Route } from "../job/order.ts";
import { type PollPlan, planFor } from "./poll-plan.ts";
import { observe, type RenderTimes, unseen } from "./render-times.ts";

/** A plan is made anew when this share of what it was made from has been seen since. */
const STALE_SHARE = 1 / 8;

/** The part of a route that render times depend on. */
type ModelRoute = Pick<Route, "provider" | "model" | "typicalMs">;

interface Model {
  times: RenderTimes;
  plan: PollPlan;
  /** Renders seen since the plan was made. */
  unplanned: number;
}

/**
 * What one process has learned of how long models take. It may be forgotten at any time: then the adapters' estimates
 * hold again.
 */
export class RenderMemory {
  readonly #models = new Map<string, Model>();

  /** When to poll operations of a route's model. */
  planFor(route: ModelRoute): PollPlan {
    return this.#model(route).plan;
  }

  /** Learns from a render that ended between two polls, at these ages in milliseconds. */
  observe(route: ModelRoute, afterMs: number, byMs: number): void {
    const known = this.#model(route);
    known.times = observe(known.times, afterMs, byMs);
    known.unplanned += 1;
    if (known.unplanned < known.times.seen.length * STALE_SHARE) return;
    known.plan = planFor(known.times);
    known.unplanned = 0;
  }

  #model({ provider, model, typicalMs }: ModelRoute): Model {
    const name = `${provider}/${model}`;
    const known = this.#models.get(name);
    if (known) return known;
    const times = unseen(typicalMs);
    const fresh: Model = { times, plan: planFor(times), unplanned: 0 };
    this.#models.set(name, fresh);
    return fresh;
  }
}
