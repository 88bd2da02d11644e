import type { Route } from "../job/order.ts";
import type { Belief } from "./belief.ts";
import { type PollPlan, planPolls, pollPriceOf } from "./poll-plan.ts";
import { probing } from "./probe.ts";
import { beliefOf, observe, type RenderTimes, unseen } from "./render-times.ts";

/** A plan is made anew when this share of what it was made from, or so many renders, have been seen since. */
const STALE = { share: 1 / 8, renders: 8 };

/**
 * Renders in a row whose callbacks do not come, after which callbacks are no longer waited for; and how often one is all
 * the same, since they may come again.
 */
const SILENCE = { most: 3, tryEvery: 20 };

/** The part of a route that render times depend on. */
type ModelRoute = Pick<Route, "provider" | "model" | "typicalMs">;

interface Model {
  readonly times: RenderTimes;
  readonly belief: Belief;
  readonly plan: PollPlan;
  /** The plan of one job, when there is something to find out. */
  readonly probe: PollPlan | undefined;
  /** The job that polls by the probe: of many that run at once, one is enough. */
  prober: string | undefined;
  /** Renders seen since the plan was made. */
  readonly unplanned: number;
  /** Renders in a row whose callbacks did not come. */
  readonly silence: number;
}

/**
 * What one process has learned of how long models take. It may be forgotten at any time: then the adapters' estimates
 * hold again.
 */
export class RenderMemory {
  readonly #models = new Map<string, Model>();
  readonly #pollPriceMs: number | undefined;

  /** @param pollPriceMs - the lag, in milliseconds, that is worth as much as one poll; else a share of the usual time */
  constructor(pollPriceMs?: number) {
    this.#pollPriceMs = pollPriceMs;
  }

  /** When a job is to poll operations of a route's model. */
  planFor(route: ModelRoute, jobId: string): PollPlan {
    const model = this.#model(route);
    const plan = planOrProbe(model, jobId);
    return isUnheard(model) ? { ...plan, unheard: true } : plan;
  }

  /**
   * Learns from a job's render that ended between two polls, at these ages in milliseconds.
   *
   * @param silent - whether its provider was to call back, and did not
   */
  observe(route: ModelRoute, jobId: string, afterMs: number, byMs: number, silent = false): void {
    const before = this.#model(route);
    const known = { ...before, silence: silent ? before.silence + 1 : 0 };
    // It was polled late on purpose: learned from, the next would be polled later still.
    if (silent && !isUnheard(before)) return void this.#models.set(nameOf(route), known);
    const times = observe(known.times, afterMs, byMs, known.belief);
    const unplanned = known.unplanned + 1;
    const stale = unplanned >= Math.min(STALE.renders, times.seen.length * STALE.share);
    const forgotten = times.seen.length < known.times.seen.length;
    const probed = known.prober === jobId;
    const model =
      stale || forgotten || probed
        ? { ...this.#planned(times, known.belief), silence: known.silence }
        : { ...known, times, unplanned };
    this.#models.set(nameOf(route), model);
  }

  #planned(times: RenderTimes, held?: Belief): Model {
    const belief = beliefOf(times, held);
    const pollPriceMs = this.#pollPriceMs ?? pollPriceOf(belief);
    const plan = planPolls(belief.mixture, pollPriceMs);
    const probe = probing(plan, belief, times, pollPriceMs);
    return { times, belief, plan, probe, prober: undefined, unplanned: 0, silence: 0 };
  }

  #model(route: ModelRoute): Model {
    const name = nameOf(route);
    const known = this.#models.get(name);
    if (known) return known;
    const fresh = this.#planned(unseen(route.typicalMs));
    this.#models.set(name, fresh);
    return fresh;
  }
}

function planOrProbe(model: Model, jobId: string): PollPlan {
  if (model.probe === undefined) return model.plan;
  model.prober ??= jobId;
  return model.prober === jobId ? model.probe : model.plan;
}

function isUnheard({ silence }: Model): boolean {
  return silence >= SILENCE.most && silence % SILENCE.tryEvery !== 0;
}

function nameOf({ provider, model }: ModelRoute): string {
  return `${provider}/${model}`;
}
