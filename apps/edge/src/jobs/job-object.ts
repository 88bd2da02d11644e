import { DurableObject } from "cloudflare:workers";
import {
  type JobEvent,
  type JobOrder,
  type JobState,
  type JobSummary,
  openJob,
  RenderMemory,
  readSnapshot,
  summarize,
  type TimelineEntry,
  transition,
  type WebhookEvent,
  wakeTime,
} from "@bluehour/core";
import { Alarm, MAX_ALARM_RETRIES } from "../alarm.ts";
import type { Bindings } from "../bindings.ts";
import { describeError, log } from "../log.ts";
import { Changes } from "./changes.ts";
import { type AwaitedEffect, runEffect } from "./effect-runner.ts";
import { firstPollAge } from "./first-poll-age.ts";
import { HeldImages } from "./held-images.ts";
import { InFlight } from "./in-flight.ts";
import { logEnd } from "./log-end.ts";
import { createOutside, type Outside } from "./outside.ts";
import { Semaphore } from "./semaphore.ts";
import { maySee, type Viewer } from "./viewer.ts";
import { readWatchRequest } from "./watch-job.ts";
import { Watchers } from "./watchers.ts";

const SNAPSHOT = "job";

/** Stores that run at once: each holds a few megabytes at most, and 16 images must fit an isolate. */
const STORES_AT_ONCE = 3;

/** Pause after an error that nobody foresaw, in milliseconds, so that it does not repeat without end. */
const STUMBLE_PAUSE_MS = 5_000;

/**
 * Waits up to this long are waited out in memory, in milliseconds: an alarm costs a row written and a request, as much as
 * 0.7 s of an object that is awake.
 *
 * @see https://developers.cloudflare.com/durable-objects/platform/pricing/
 */
const NAP_MS = 500;

/** Longest wait of a delete for its outputs to be gone, in milliseconds. */
const REMOVAL_LIMIT_MS = 20_000;

/** Shared by all jobs of this isolate: they learn from each other how long a model takes. */
const renders = new RenderMemory();

/** How a job answers the watchdog. */
export type Attended =
  | { readonly state: "absent" | "running" }
  | { readonly state: "ended"; readonly summary: JobSummary; readonly deleted: boolean };

/**
 * One job. Its mind is `transition`; this is its body: it loads the state, applies what happens, writes state and next
 * wake time in one go, runs the effects and feeds their outcomes back. Alarms keep it going, whoever disconnects.
 */
export class JobObject extends DurableObject<Bindings> {
  #state: JobState | null;
  readonly #held = new HeldImages();
  readonly #stores = new Semaphore(STORES_AT_ONCE);
  readonly #inFlight = new InFlight();
  readonly #watchers: Watchers;
  readonly #changes = new Changes();
  readonly #alarm: Alarm;
  #driving: Promise<void> | null = null;
  /** Whether the alarm's handler runs, which the platform repeats if the process dies. */
  #inAlarm = false;

  constructor(context: DurableObjectState, bindings: Bindings) {
    super(context, bindings);
    this.#alarm = new Alarm(context.storage);
    const stored = context.storage.kv.get<JobState>(SNAPSHOT);
    this.#state = stored ? readSnapshot(stored) : null;
    this.#watchers = new Watchers(context, this.#state);
    // Whatever the snapshot says is in flight was lost with the process before this one.
    if (this.#state) this.#apply({ type: "restarted" });
  }

  /** Takes an order over from the account. Idempotent. */
  birth(order: JobOrder): void {
    if (this.#state) return;
    this.#state = openJob(order, Date.now());
    // What brings the job back if its process dies during the submit goes off when it will be wanted anyway.
    const firstPollAgeMs = firstPollAge(order, renders);
    if (firstPollAgeMs !== null && firstPollAgeMs > NAP_MS) this.#alarm.setBy(Date.now() + firstPollAgeMs);
    // One write for the order and for the intent to submit, before either is told to anybody.
    void this.#drive();
  }

  /** @returns null when there is no such job in the account */
  read(viewer: Viewer): JobSummary | null {
    const state = this.#visible(viewer);
    return state && summarize(state);
  }

  /** Lets somebody watch: a socket can be handed out by `fetch` alone. Called through `openWatch`. */
  override fetch(request: Request): Response {
    const { viewer, lastSeen } = readWatchRequest(request);
    const state = this.#visible(viewer);
    if (!state) return new Response(null, { status: 404 });
    return this.#watchers.admit(state, lastSeen);
  }

  timeline(viewer: Viewer): TimelineEntry[] | null {
    return this.#visible(viewer)?.timeline ?? null;
  }

  cancel(viewer: Viewer): { outcome: "canceled" | "conflict"; project: JobSummary } | { outcome: "absent" } {
    const state = this.#visible(viewer);
    if (!state) return { outcome: "absent" };
    const outcome = state.outcome ? "conflict" : "canceled";
    this.#apply({ type: "cancel-requested" });
    void this.#drive();
    return { outcome, project: summarize(this.#state ?? state) };
  }

  /** A provider called back about a part; whoever it was, the provider is asked. */
  poke(part: number): void {
    this.#apply({ type: "poked", part });
    void this.#drive();
  }

  /** A receiver has got an event of the job. */
  webhookDelivered(event: WebhookEvent, tries: number): void {
    this.#apply({ type: "webhook-delivered", event, tries });
  }

  /** Deletes the job and waits until its outputs are out of the bucket. */
  async remove(viewer: Viewer): Promise<"deleted" | "absent" | "unavailable"> {
    if (!this.#visible(viewer)) return "absent";
    this.#apply({ type: "delete-requested" });
    void this.#drive();
    const removed = () => !this.#state?.duties.some((duty) => duty.kind === "remove-outputs");
    await this.#changes.until(removed, REMOVAL_LIMIT_MS);
    return removed() ? "deleted" : "unavailable";
  }

  /** Asked by the account's watchdog: goes on where it stopped, whatever became of its alarm. */
  attend(): Attended {
    if (!this.#state) return { state: "absent" };
    this.#alarm.forget();
    this.#alarm.setAt(wakeTime(this.#state));
    void this.#drive();
    const state = this.#state;
    if (!state.outcome) return { state: "running" };
    return { state: "ended", summary: summarize(state), deleted: state.deletedAt !== null };
  }

  override async alarm(info?: AlarmInvocationInfo): Promise<void> {
    this.#alarm.forget();
    this.#inAlarm = true;
    await this.#drive((info?.retryCount ?? 0) >= MAX_ALARM_RETRIES ? "alarm-kept-failing" : "woke");
    this.#inAlarm = false;
  }

  /** The state, for those who may see it: a deleted job, or another account's, is none. */
  #visible(viewer: Viewer): JobState | null {
    const state = this.#state;
    return state && maySee(viewer, state.order) && state.deletedAt === null ? state : null;
  }

  /** Goes on until nothing is in flight nor soon will be, then sleeps until it is. One at a time. Never throws. */
  #drive(why: "woke" | "alarm-kept-failing" = "woke"): Promise<void> {
    this.#driving ??= this.#goOn(why).finally(() => {
      this.#driving = null;
    });
    return this.#driving;
  }

  async #goOn(why: "woke" | "alarm-kept-failing"): Promise<void> {
    let earliest = 0;
    try {
      this.#apply({ type: why });
      while (this.#state && (this.#inFlight.size > 0 || wakeTime(this.#state) - Date.now() <= NAP_MS)) {
        await this.#changes.within(wakeTime(this.#state) - Date.now());
        this.#apply({ type: "woke" });
      }
    } catch (error) {
      log("error", "job stumbled", { job_id: this.#state?.order.id, error: describeError(error) });
      earliest = Date.now() + STUMBLE_PAUSE_MS;
    } finally {
      this.#changes.rest();
      if (this.#state) this.#alarm.setAt(Math.max(earliest, wakeTime(this.#state)));
    }
  }

  /** Lets something happen to the job. */
  #apply(event: JobEvent): void {
    const before = this.#state;
    if (!before) return;
    const { state, effects } = transition(before, event, Date.now());
    this.#state = state;
    // No await from here to the write: state and wake time go down together, before any effect goes out.
    if (state.revision !== before.revision) this.#write();
    this.#held.keepOnly(state, this.#inFlight.calls);
    if (state.outcome) this.#inFlight.abortUnwanted();
    for (const effect of effects) {
      if (effect.type === "observe-render") {
        const { route, afterMs, byMs, silent } = effect;
        renders.observe(route, state.order.id, afterMs, byMs, silent);
      } else void this.#run(effect);
    }
    this.#watchers.show(state);
    if (state !== before) this.#changes.tell();
    if (state.outcome && !before.outcome) logEnd(state);
  }

  #write(): void {
    if (!this.#state) return;
    this.ctx.storage.kv.put(SNAPSHOT, this.#state);
    // Once the job has ended, that the handler is repeated is enough. Before, too many repetitions would end it.
    if (!(this.#inAlarm && this.#state.outcome)) this.#alarm.setBy(wakeTime(this.#state));
  }

  async #run(effect: AwaitedEffect): Promise<void> {
    const work = (over: AbortController) => runEffect(effect, this.#outside(), over);
    try {
      await this.#inFlight.run(
        effect,
        (over) => (effect.type === "store" ? this.#stores.run(() => work(over)) : work(over)),
        (outcome) => outcome && this.#apply(outcome),
      );
    } catch (error) {
      log("error", "effect stumbled", { type: effect.type, error: describeError(error) });
    } finally {
      this.#changes.tell();
    }
  }

  #outside(): Outside {
    const state = this.#state;
    if (!state) throw new Error("A job that is gone has no effects");
    return createOutside(this.env, state.order, {
      held: this.#held,
      renders,
      summary: () => summarize(this.#state ?? state),
      erase: async () => {
        await this.ctx.storage.deleteAll();
        this.#state = null;
      },
    });
  }
}
