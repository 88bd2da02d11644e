import { DurableObject } from "cloudflare:workers";
import type { JobOrder, Settlement } from "@bluehour/core";
import type { Bindings } from "../bindings.ts";
import { describeError, log } from "../log.ts";
import { namespaces } from "../namespaces.ts";
import type { Admission, Admitted, Known } from "./admission.ts";
import { JobLedger } from "./job-ledger.ts";

/** Births repeated by one alarm; the rest follows at the next. */
const BIRTHS_PER_ALARM = 100;

/**
 * One account: admits jobs, and answers for them until their job object has taken over. Admission is the durable
 * point of the service: what it has answered is never lost.
 */
export class AccountObject extends DurableObject<Bindings> {
  readonly #ledger: JobLedger;
  /** The alarm that is set, as far as this process knows. */
  #alarmAt: number | null = null;

  constructor(state: DurableObjectState, bindings: Bindings) {
    super(state, bindings);
    this.#ledger = new JobLedger(state.storage);
  }

  /** Admits a job; its birth follows on its own. */
  admit(admission: Admission): Admitted {
    const admitted = this.#ledger.admit(admission, namespaces(this.env).newJobId, Date.now());
    if (admitted.outcome === "created") {
      this.#armAlarm();
      void this.#bear({ ...admission.order, id: admitted.id });
    }
    return admitted;
  }

  /** What is known of a job. Hurries the birth of one that is not born yet. */
  async find(id: string): Promise<Known> {
    const known = this.#ledger.find(id);
    if (known.state === "unborn" && (await this.#bear(known.order))) return { state: "born" };
    return known;
  }

  settle(settlement: Settlement): void {
    this.#ledger.settle(settlement);
  }

  override async alarm(): Promise<void> {
    this.#alarmAt = null;
    try {
      const due = this.#ledger.dueBirths(Date.now(), BIRTHS_PER_ALARM);
      await Promise.all(due.map((order) => this.#bear(order)));
      this.#ledger.sweep(Date.now());
    } catch (error) {
      log("error", "account alarm failed", { account_id: this.ctx.id.name, error: describeError(error) });
    }
    this.#armAlarm();
  }

  /** Hands an order to its job object. Idempotent there, so a lost answer is no harm. */
  async #bear(order: JobOrder): Promise<boolean> {
    try {
      const job = namespaces(this.env).job(order.id);
      if (!job) throw new Error("The job's id is not of this deployment");
      await job.birth(order);
      this.#ledger.birthDone(order.id);
      return true;
    } catch (error) {
      log("warn", "birth failed", {
        job_id: order.id,
        account_id: order.accountId,
        error: describeError(error),
      });
      this.#ledger.birthFailed(order.id, Date.now());
      return false;
    }
  }

  /** Sets the alarm to the ledger's wake time, unless one is set that comes before it anyway. */
  #armAlarm(): void {
    const wakeAt = this.#ledger.wakeTime(Date.now());
    if (wakeAt === null || (this.#alarmAt !== null && this.#alarmAt <= wakeAt)) return;
    this.#alarmAt = wakeAt;
    void this.ctx.storage.setAlarm(wakeAt);
  }
}
