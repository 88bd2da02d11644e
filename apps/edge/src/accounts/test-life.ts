import type { JobSummary } from "@bluehour/core";
import { openJob, summarize } from "@bluehour/core";
import fc from "fast-check";
import { expect } from "vitest";
import { balanceOf } from "./account-record.ts";
import type { Admission } from "./admission.ts";
import { Books } from "./books.ts";
import { newJobId, openBooks } from "./test-admission.ts";

/** Anything that can happen to an account, in any order. `which` picks a job out of those there are. */
export const eventArbitrary = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      type: fc.constant("create"),
      images: fc.integer({ min: 1, max: 16 }),
      key: fc.nat(9),
    }),
  },
  {
    weight: 8,
    arbitrary: fc.record({
      type: fc.constantFrom("complete", "partial", "error", "cancel", "delete", "repeat", "replay", "birth"),
      which: fc.nat(50),
      images: fc.nat(16),
    }),
  },
  { weight: 1, arbitrary: fc.record({ type: fc.constant("grant"), images: fc.nat(20) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      type: fc.constantFrom("crash", "crash-in-create", "crash-in-settle"),
      images: fc.nat(16),
      which: fc.nat(50),
    }),
  },
);
type Event = { type: string; images: number; which?: number; key?: number };

/** What a job should have come to. */
interface Job {
  readonly admission: Admission;
  readonly id: string;
  readonly images: number;
  born: boolean;
  deleted: boolean;
  /** The settlement that its job object repeats from now on. */
  end: JobSummary | null;
}

/** Of an image. */
export const CREDITS = 5;

/** One life of an account, beside what it should have come to. */
export class Life {
  #books: Books;
  readonly #storage: DurableObjectStorage;
  readonly #admission: Admission;
  #now = 1_000_000;
  granted: number;
  readonly jobs: Job[] = [];

  constructor(storage: DurableObjectStorage, credits: number, admission: Admission) {
    this.#storage = storage;
    this.#admission = admission;
    this.#books = openBooks(storage, credits);
    this.granted = credits;
  }

  happen({ type, images, which = 0, key = 0 }: Event): void {
    this.#now += 1_000;
    const job = this.jobs.length > 0 ? this.jobs[which % this.jobs.length] : undefined;
    switch (type) {
      case "create":
        return this.#create(images, key < 5 ? null : `key-${this.jobs.length}`);
      case "replay":
        return job && this.#replay(job);
      case "birth":
        if (!job || job.end) return;
        this.#books.jobs.markBorn([job.id]);
        job.born = true;
        return;
      case "grant":
        return this.#grant(images, images % 2 ? undefined : `grant-${this.#now}`);
      case "crash":
        this.#books = new Books(this.#storage);
        return;
      case "crash-in-create":
        return this.#dieAt("UPDATE account", (books) =>
          books.admit(this.#asking(images + 1, null), newJobId, this.#now),
        );
      case "crash-in-settle":
        if (!job || job.end) return;
        return this.#dieAt("UPDATE jobs", (books) => {
          books.settle(this.#endOf(job, "error", 0), { now: this.#now });
          return undefined;
        });
      default:
        return job && this.#settle(job, type, images);
    }
  }

  /** Lets the process die in the middle of a transaction. */
  #dieAt(query: string, act: (books: Books) => { outcome: string } | undefined): void {
    const { sql, kv } = this.#storage;
    const exec: SqlStorage["exec"] = (text, ...bindings) => {
      if (text.startsWith(query)) throw new Error("the process died");
      return sql.exec(text, ...bindings);
    };
    const dying = { sql: { exec }, kv, transactionSync: this.#storage.transactionSync.bind(this.#storage) };
    try {
      // All that books use of a storage.
      const refused = act(new Books(dying as unknown as DurableObjectStorage));
      expect(refused?.outcome).toBe("insufficient_credits");
    } catch (error) {
      expect(String(error)).toContain("the process died");
    }
    this.#books = new Books(this.#storage);
  }

  #asking(images: number, key: string | null): Admission {
    return {
      ...this.#admission,
      creditsCharged: images * CREDITS,
      idempotency: key === null ? null : { key, fingerprint: `${images}` },
    };
  }

  #create(images: number, key: string | null): void {
    const admission = this.#asking(images, key);
    const before = this.#balance();
    const admitted = this.#books.admit(admission, newJobId, this.#now);
    expect(admitted.outcome).toBe(images * CREDITS > before ? "insufficient_credits" : "created");
    if (admitted.outcome !== "created") return;
    this.jobs.push({ admission, id: admitted.id, images, born: false, deleted: false, end: null });
  }

  /** With a key, each is told of twice, as payments are. */
  #grant(credits: number, key: string | undefined): void {
    expect(this.#books.grant(credits, key).outcome).toBe("granted");
    this.granted += credits;
    if (key === undefined) return;
    expect(this.#books.grant(credits, key).outcome).toBe("replayed");
    expect(this.#books.grant(credits + 1, key).outcome).toBe("idempotency_mismatch");
  }

  #replay({ admission, id }: Job): void {
    if (!admission.idempotency) return;
    const again = this.#books.admit(admission, newJobId, this.#now);
    expect(again).toMatchObject({ outcome: "replayed", id, creditsCharged: admission.creditsCharged });
    const other = { ...admission, idempotency: { ...admission.idempotency, fingerprint: "other" } };
    expect(this.#books.admit(other, newJobId, this.#now).outcome).toBe("idempotency_mismatch");
  }

  #settle(job: Job, type: string, images: number): void {
    if (type === "repeat" && !job.end) return;
    job.end ??= this.#endOf(job, type, images);
    if (type === "delete") job.deleted = true;
    this.#books.settle(job.end, { deleted: job.deleted, now: this.#now });
  }

  #endOf(job: Job, type: string, images: number): JobSummary {
    const order = this.#books.complete(job.admission.order, job.id);
    const failed = { complete: 0, partial: images % job.images }[type] ?? job.images;
    return {
      ...summarize(openJob(order, this.#now)),
      status: failed < job.images ? "complete" : type === "error" ? "error" : "canceled",
      creditsCharged: job.images * CREDITS,
      creditsRefunded: failed * CREDITS,
      completedAt: this.#now,
      expiresAt: this.#now + order.retentionMs,
    };
  }

  #balance(): number {
    const account = this.#books.account.read();
    const balance = account && balanceOf(account);
    if (balance === null) throw new Error("no account");
    return balance;
  }

  /** granted = balance + charged − refunded, never negative; each job charged once and settled once. */
  check(): void {
    const account = this.#books.account.read();
    const sum = (credits: (job: Job) => number) => this.jobs.reduce((total, job) => total + credits(job), 0);
    expect(account).toMatchObject({
      granted: this.granted,
      charged: sum(({ images }) => images * CREDITS),
      refunded: sum(({ end }) => end?.creditsRefunded ?? 0),
    });
    const balance = this.#balance();
    expect(balance).toBeGreaterThanOrEqual(0);
    expect(this.granted).toBe(balance + (account?.charged ?? 0) - (account?.refunded ?? 0));
    const unborn = this.jobs.filter(({ born, end }) => !born && !end).map(({ id }) => id);
    expect(this.#books.jobs.unborn().toSorted()).toEqual(unborn.toSorted());
  }
}
