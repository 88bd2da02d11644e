import type { JobOrder, JobSummary } from "@bluehour/core";
import { type AccountFacts, AccountRecord, balanceOf } from "./account-record.ts";
import type { Admission, Admitted } from "./admission.ts";
import { JobLedger } from "./job-ledger.ts";
import { JobWatch } from "./job-watch.ts";
import { migrate } from "./schema.ts";
import { TokenBucket } from "./token-bucket.ts";
import { TokenRegister } from "./token-register.ts";
import { UploadRegister } from "./upload-register.ts";
import { WebhookRegister } from "./webhook-register.ts";

/** What came of adding credits. */
export type Granted =
  | { readonly outcome: "granted" | "replayed"; readonly account: AccountFacts }
  | { readonly outcome: "absent" | "unmetered" | "idempotency_mismatch" };

/**
 * Everything an account writes down, and the two transactions that move credits. Either all of one is written or
 * nothing: no charge without a job, no job without a charge, whenever the process dies.
 */
export class Books {
  readonly account: AccountRecord;
  readonly tokens: TokenRegister;
  readonly jobs: JobLedger;
  readonly watch: JobWatch;
  readonly webhooks: WebhookRegister;
  readonly uploads: UploadRegister;
  readonly #storage: DurableObjectStorage;

  constructor(storage: DurableObjectStorage) {
    migrate(storage);
    this.#storage = storage;
    this.account = new AccountRecord(storage);
    this.tokens = new TokenRegister(storage);
    this.jobs = new JobLedger(storage);
    this.watch = new JobWatch(storage);
    this.webhooks = new WebhookRegister(storage);
    this.uploads = new UploadRegister(storage);
  }

  /**
   * Admits a job: token, key, rate limit, credits; then its row, its birth and its charge. A replay comes before the
   * limits, so that whoever repeats a create because its answer was lost gets that answer, come what may.
   */
  admit(admission: Admission, newId: () => string, now: number): Admitted {
    return this.#storage.transactionSync((): Admitted => {
      const { tokenId, idempotency, creditsCharged, ratePerMinute } = admission;
      const account = this.account.read();
      const token = tokenId === null ? null : this.tokens.find(tokenId, now);
      if (!account || (tokenId !== null && !token)) return { outcome: "unauthorized" };

      const bucket = new TokenBucket(account.bucketFullAt, ratePerMinute, now);
      const earlier = idempotency && this.jobs.earlier(idempotency.key, now);
      if (earlier) {
        return earlier.fingerprint === idempotency.fingerprint
          ? {
              outcome: "replayed",
              id: earlier.jobId,
              creditsCharged: earlier.creditsCharged,
              rateLimit: bucket.rateLimit,
            }
          : { outcome: "idempotency_mismatch" };
      }
      const bucketFullAt = bucket.take();
      if (bucketFullAt === null) return { outcome: "rate_limited", rateLimit: bucket.rateLimit };

      const capLeft = token?.maxCredits == null ? Number.POSITIVE_INFINITY : token.maxCredits - token.spent;
      const left = Math.min(balanceOf(account) ?? Number.POSITIVE_INFINITY, capLeft);
      if (creditsCharged > left) return { outcome: "insufficient_credits", needed: creditsCharged, left };

      const id = newId();
      const order = this.complete(admission.order, id);
      this.uploads.keep(filesOf(order), now);
      this.jobs.add(order, admission);
      this.account.charge(creditsCharged, bucketFullAt);
      if (order.createdBy !== null) this.tokens.charge(order.createdBy, creditsCharged);
      const { rateLimit } = new TokenBucket(bucketFullAt, ratePerMinute, now);
      return { outcome: "created", id, creditsCharged, rateLimit };
    });
  }

  /** Adds credits, for a key only once. */
  grant(credits: number, key?: string): Granted {
    return this.#storage.transactionSync((): Granted => {
      const account = this.account.read();
      if (!account) return { outcome: "absent" };
      if (account.granted === null) return { outcome: "unmetered" };
      const earlier = key === undefined ? null : this.account.grantedBy(key);
      if (earlier === credits) return { outcome: "replayed", account };
      if (earlier !== null) return { outcome: "idempotency_mismatch" };
      this.account.grant(credits, key);
      return { outcome: "granted", account: { ...account, granted: account.granted + credits } };
    });
  }

  /** The whole of an order: what the account adds to what was asked. */
  complete(order: Admission["order"], id: string): JobOrder {
    const webhooks = this.webhooks.list().map((webhook) => ({ id: webhook.id, events: webhook.events }));
    return { ...order, id, webhooks };
  }

  /**
   * Takes down how a job ended, and refunds. Says what is, not what changed, so it may be repeated: the first word on
   * a job's end stands, and later ones only tell whether it was deleted.
   *
   * @param lost - the job does not know itself any more; the summary is the account's own
   */
  settle(summary: JobSummary, { deleted = false, lost = false, now }: Settling): void {
    this.#storage.transactionSync(() => {
      const job = this.jobs.accountOf(summary.id);
      if (!job) return;
      if (!job.settled) {
        const refund = Math.min(Math.max(0, summary.creditsRefunded), job.creditsCharged);
        if (refund > 0) {
          this.account.refund(refund);
          if (job.createdBy !== null) this.tokens.refund(job.createdBy, refund);
        }
        this.jobs.settle(summary, refund, lost);
      }
      if (deleted) this.jobs.remove(summary.id, job, now);
    });
  }
}

function filesOf({ image }: JobOrder): string[] {
  return image.inputs.flatMap((input) => ("file" in input ? [input.file] : []));
}

interface Settling {
  readonly deleted?: boolean;
  readonly lost?: boolean;
  /** Milliseconds since the Unix epoch. */
  readonly now: number;
}
