import { DurableObject } from "cloudflare:workers";
import { afterAttempt, type ReceiverState, type WebhookEvent } from "@bluehour/core";
import type { Bindings } from "../bindings.ts";
import { describeError, log } from "../log.ts";
import { namespaces } from "../namespaces.ts";
import { outboundFetch } from "../outbound/outbound-fetch.ts";
import { readSettings } from "../settings.ts";
import { type Delivery, DeliveryQueue } from "./delivery-queue.ts";
import { sendWebhook } from "./send-webhook.ts";

const ENDPOINT = "endpoint";

/** Deliveries under way at once: a receiver is not run over when it comes back. */
const SENT_AT_ONCE = 6;

/** How long one alarm goes on, in milliseconds; the platform gives it 15 minutes. */
const ALARM_LIMIT_MS = 5 * 60_000;

/** How long a secret that was replaced is still signed with, in milliseconds. */
const ROTATION_OVERLAP_MS = 24 * 3_600_000;

/** Pause after an error that nobody foresaw, in milliseconds. */
const STUMBLE_PAUSE_MS = 5_000;

/** A receiver. */
export interface Endpoint {
  readonly url: string;
  readonly secret: string;
  /** The one before, until when it is still signed with (milliseconds since the Unix epoch). */
  readonly replaced: { readonly secret: string; readonly until: number } | null;
  readonly state: ReceiverState;
  /** When to forget it, for a receiver of one job; null for one of an account. */
  readonly forgetAt: number | null;
}

/** An event to deliver. */
export interface WebhookNews {
  readonly id: string;
  readonly jobId: string | null;
  readonly type: WebhookEvent | "webhook.test";
  readonly body: string;
}

/**
 * One receiver of events: an endpoint of an account, or the `webhook_url` of one job. Has its own object, so that a
 * receiver that is slow or down holds up nobody else: no job, no account, no other receiver.
 */
export class WebhookObject extends DurableObject<Bindings> {
  readonly #queue: DeliveryQueue;
  #endpoint: Endpoint | null;
  #working: Promise<void> | null = null;

  constructor(state: DurableObjectState, bindings: Bindings) {
    super(state, bindings);
    this.#queue = new DeliveryQueue(state.storage.sql);
    this.#endpoint = state.storage.kv.get<Endpoint>(ENDPOINT) ?? null;
  }

  /** Idempotent: a receiver that is open stays as it is. */
  open(endpoint: Pick<Endpoint, "url" | "secret" | "forgetAt">): void {
    if (!this.#endpoint) this.#write({ ...endpoint, replaced: null, state: "active" });
  }

  /** @returns null for a receiver that was closed, or never opened */
  describe(): { state: ReceiverState } | null {
    return this.#endpoint && { state: this.#endpoint.state };
  }

  /** Takes an event in and sends it. One that is known already is not sent again; one that nobody wants is dropped. */
  tell(news: WebhookNews): void {
    if (!this.#endpoint || this.#endpoint.state === "disabled") return;
    this.#queue.add(news, Date.now());
    this.#arm();
    void this.#work();
  }

  /** Newest first. */
  deliveries(limit: number, before: string | null): Delivery[] {
    return this.#endpoint ? this.#queue.list(limit, before) : [];
  }

  /** Sends an event once more, under its old id. @returns false for one that is not known (any more) */
  redeliver(id: string): boolean {
    if (!this.#endpoint || !this.#queue.renew(id, Date.now())) return false;
    // Whoever asks for it knows that the receiver is there again.
    this.#write({ ...this.#endpoint, state: "active" });
    this.#arm();
    void this.#work();
    return true;
  }

  /** Signs with a new secret, and for a day with the old one too. @returns false for a receiver that is not open */
  rotate(secret: string): boolean {
    if (!this.#endpoint) return false;
    const replaced = { secret: this.#endpoint.secret, until: Date.now() + ROTATION_OVERLAP_MS };
    this.#write({ ...this.#endpoint, secret, replaced });
    return true;
  }

  /** Forgets the receiver, and what is still to be delivered. */
  async close(): Promise<void> {
    this.#endpoint = null;
    await this.ctx.storage.deleteAll();
  }

  override async alarm(): Promise<void> {
    const forgetAt = this.#endpoint?.forgetAt ?? null;
    if (forgetAt !== null && Date.now() >= forgetAt) return this.close();
    await this.#work();
  }

  /** Sends what is due until nothing is, then sleeps until the next try. One at a time. Never throws. */
  #work(): Promise<void> {
    this.#working ??= this.#goOn().finally(() => {
      this.#working = null;
    });
    return this.#working;
  }

  async #goOn(): Promise<void> {
    let earliest = 0;
    try {
      const end = Date.now() + ALARM_LIMIT_MS;
      while (this.#endpoint && Date.now() < end) {
        const due = this.#queue.due(Date.now(), SENT_AT_ONCE);
        if (due.length === 0) break;
        await Promise.all(due.map((delivery) => this.#send(delivery)));
      }
    } catch (error) {
      log("error", "webhook stumbled", { error: describeError(error) });
      earliest = Date.now() + STUMBLE_PAUSE_MS;
    }
    this.#arm(earliest);
  }

  async #send(delivery: Delivery): Promise<void> {
    const endpoint = this.#endpoint;
    if (!endpoint) return;
    const { allowPrivateHosts } = readSettings(this.env);
    const attempt = await sendWebhook(
      endpoint.url,
      delivery,
      goodSecrets(endpoint, Date.now()),
      outboundFetch(allowPrivateHosts),
    );
    // Closed or written anew while it was under way.
    if (!this.#endpoint) return;
    const { delivery: progress, receiver } = afterAttempt(delivery, attempt, Math.random());
    this.#queue.update(delivery.id, progress);
    log(attempt.error === null ? "info" : "warn", "webhook tried", {
      webhook_id: delivery.id,
      job_id: delivery.jobId,
      type: delivery.type,
      tries: progress.tries,
      status: attempt.status,
      error: attempt.error,
    });
    if (receiver !== null) this.#learn(receiver);
    if (progress.status === "delivered") await this.#report(delivery, progress.tries);
  }

  #learn(state: ReceiverState): void {
    if (!this.#endpoint) return;
    if (state === "active") this.#queue.hurry(Date.now());
    if (state === "disabled") this.#queue.giveUp();
    if (state !== this.#endpoint.state) this.#write({ ...this.#endpoint, state });
  }

  /** Has the job note it; a job that is gone or cannot be reached does without. */
  async #report({ jobId, type }: Delivery, tries: number): Promise<void> {
    if (jobId === null || type === "webhook.test") return;
    try {
      // Types other than the test's are those of events.
      await namespaces(this.env)
        .job(jobId)
        ?.webhookDelivered(type as WebhookEvent, tries);
    } catch (error) {
      log("warn", "webhook not noted", { job_id: jobId, error: describeError(error) });
    }
  }

  #write(endpoint: Endpoint): void {
    this.#endpoint = endpoint;
    this.ctx.storage.kv.put(ENDPOINT, endpoint);
    this.#arm();
  }

  #arm(earliest = 0): void {
    const times = [this.#queue.wakeTime(), this.#endpoint?.forgetAt ?? null].filter((at) => at !== null);
    if (times.length > 0) void this.ctx.storage.setAlarm(Math.max(earliest, Math.min(...times)));
  }
}

function goodSecrets({ secret, replaced }: Endpoint, now: number): [string, ...string[]] {
  return replaced && now < replaced.until ? [secret, replaced.secret] : [secret];
}
