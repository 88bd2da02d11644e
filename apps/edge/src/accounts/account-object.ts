import { DurableObject } from "cloudflare:workers";
import type { JobSummary } from "@bluehour/core";
import { Alarm } from "../alarm.ts";
import type { Bindings } from "../bindings.ts";
import type { Viewer } from "../jobs/viewer.ts";
import { describeError, log } from "../log.ts";
import { namespaces } from "../namespaces.ts";
import { DEFAULT_ACCOUNT } from "./account-id.ts";
import type { AccountFacts } from "./account-record.ts";
import type { Admission, Admitted, Known } from "./admission.ts";
import { Births } from "./births.ts";
import { Books, type Granted } from "./books.ts";
import { type IndexPage, type IndexQuery, readIndex } from "./job-index.ts";
import { SharedTurn } from "./shared-turn.ts";
import type { TokenFacts, TokenKind } from "./token-register.ts";
import { attend } from "./watchdog.ts";
import type { RegisteredWebhook } from "./webhook-register.ts";

/** Jobs of one kind that one alarm looks after; the rest follows at the next. */
const JOBS_PER_ALARM = 100;

/** Uploads that one alarm deletes: as many as R2 takes in one call. */
const UPLOADS_PER_ALARM = 1_000;

/** Pause after an alarm with work left over, in milliseconds. */
const NEXT_BATCH_MS = 100;

/**
 * One account: admits jobs, and answers for them until their job object has taken over. Admission is the durable
 * point of the service: what it has answered is never lost.
 */
export class AccountObject extends DurableObject<Bindings> {
  readonly #books: Books;
  readonly #births: Births;
  readonly #turn = new SharedTurn();
  readonly #alarm: Alarm;

  constructor(state: DurableObjectState, bindings: Bindings) {
    super(state, bindings);
    this.#alarm = new Alarm(state.storage);
    this.#books = new Books(state.storage);
    this.#births = new Births(this.#books.jobs, async (order) => {
      const job = namespaces(this.env).job(order.id);
      if (!job) throw new Error("The job's id is not of this deployment");
      await job.birth(order);
    });
    if (state.id.name === DEFAULT_ACCOUNT && !this.#books.account.read()) {
      this.#books.account.open(DEFAULT_ACCOUNT, null, Date.now());
    }
  }

  /** Opens the account with its first token. @returns false if it is open already */
  open(name: string, credits: number | null, token: Omit<TokenFacts, "spent">): boolean {
    if (!this.#books.account.open(name, credits, Date.now())) return false;
    this.#books.tokens.add(token);
    return true;
  }

  /** @returns null for an account that was never opened */
  describe(): AccountFacts | null {
    return this.#books.account.read();
  }

  /** Adds credits, for a key only once. */
  grant(credits: number, key?: string): Granted {
    return this.#books.grant(credits, key);
  }

  /** @returns false for an account that was never opened */
  addToken(token: Omit<TokenFacts, "spent">): boolean {
    if (!this.#books.account.read()) return false;
    this.#books.tokens.add(token);
    return true;
  }

  browserTokens(limit: number, before: string | null): TokenFacts[] {
    return this.#books.tokens.listBrowserTokens(limit, before, Date.now());
  }

  /** @returns false if there is no such token */
  revokeToken(id: string, kinds: readonly TokenKind[]): boolean {
    return this.#books.tokens.remove(id, kinds);
  }

  /** Whether a token was neither revoked nor has expired. */
  tokenStands(id: string): boolean {
    return this.#books.tokens.find(id, Date.now()) !== null;
  }

  webhooks(): readonly RegisteredWebhook[] {
    return this.#books.webhooks.list();
  }

  /** @returns false when there are too many already */
  addWebhook(webhook: RegisteredWebhook): boolean {
    return this.#books.webhooks.add(webhook);
  }

  removeWebhook(id: string): void {
    this.#books.webhooks.remove(id);
  }

  /** Takes down files that are about to be uploaded, so that they are deleted if nobody uses them. */
  expectUploads(paths: readonly string[]): void {
    this.#books.uploads.keep(paths, Date.now());
    this.#alarm.setBy(this.#books.uploads.wakeTime() ?? Date.now());
  }

  /** Admits a job; its birth follows on its own. Admissions that arrive together share a commit. */
  async admit(admission: Admission): Promise<Admitted> {
    await this.#turn.join();
    const now = Date.now();
    const admitted = this.#books.admit(admission, namespaces(this.env).newJobId, now);
    if (admitted.outcome === "created") {
      // In the same breath as the writes: neither is there without the other.
      this.#alarm.setBy(this.#births.retryTime(now));
      void this.#births.queue(this.#books.complete(admission.order, admitted.id), Date.now);
    }
    return admitted;
  }

  /** What is known of a job. Hurries the birth of one that is not born yet. */
  async find(id: string, viewer: Viewer): Promise<Known> {
    const known = this.#books.jobs.find(id, viewer);
    if (known.state === "unborn" && (await this.#births.hurry(known.order, Date.now()))) {
      return { state: "born" };
    }
    return known;
  }

  /** One page of the account's jobs, newest first. */
  list(viewer: Viewer, query: IndexQuery): IndexPage {
    return readIndex(this.ctx.storage.sql, viewer, query);
  }

  /** Takes down how a job ended. Says what is, so it may be repeated. */
  async settle(summary: JobSummary, deleted: boolean): Promise<void> {
    this.#books.settle(summary, { deleted, now: Date.now() });
    await this.#births.settled(summary.id);
  }

  override async alarm(): Promise<void> {
    this.#alarm.forget();
    try {
      await this.#births.catchUp(Date.now(), JOBS_PER_ALARM);
      await this.#lookAfterJobs(Date.now());
      await this.#deleteUploads(Date.now());
    } catch (error) {
      log("error", "account alarm failed", { account_id: this.ctx.id.name, error: describeError(error) });
    }
    const now = Date.now();
    const { watch, uploads } = this.#books;
    const times = [this.#births.wakeTime, watch.wakeTime(now), uploads.wakeTime()].filter(
      (at) => at !== null,
    );
    if (times.length > 0) this.#alarm.setBy(Math.max(now + NEXT_BATCH_MS, Math.min(...times)));
  }

  async #lookAfterJobs(now: number): Promise<void> {
    const { watch } = this.#books;
    const ids = [...watch.takeOverdue(now, JOBS_PER_ALARM), ...watch.takeExpired(now, JOBS_PER_ALARM)];
    const watched = {
      books: this.#books,
      bucket: this.env.IMAGES,
      job: (id: string) => namespaces(this.env).job(id),
      now: Date.now,
    };
    await Promise.all(ids.map((id) => attend(id, watched)));
  }

  async #deleteUploads(now: number): Promise<void> {
    const paths = this.#books.uploads.expired(now, UPLOADS_PER_ALARM);
    if (paths.length === 0) return;
    await this.env.IMAGES.delete(paths);
    this.#books.uploads.forget(paths);
  }
}
