import * as z from "zod";
import { OBJECT_GB, PRICES, type Priced } from "./prices.ts";

/** A little more than the default retention, in milliseconds. */
const BEYOND_RETENTION_MS = 31 * 86_400_000;

/** What is kept until then, in months of thirty days. */
const RETENTION_MONTHS = 1;

const amount = z.number().default(0);
const countsSchema = z.object({
  workerRequests: amount,
  workflowInvocations: amount,
  cpuMs: amount,
  objectRequests: amount,
  alarms: amount,
  rowsWritten: amount,
  activeMs: amount,
  storedBytes: amount,
  classA: amount,
  classB: amount,
});

/** What was counted in a Worker that stands behind a `metered.ts`. */
export type Counts = z.input<typeof countsSchema>;

/** Takes what was counted since the last time. */
export async function readCounts(url: string): Promise<Counts> {
  return countsSchema.parse(await (await fetch(`${url}/bench/counts`)).json());
}

/** Lets the retention of jobs be over, so that they delete themselves. */
export async function retire(url: string, ids: readonly string[]): Promise<void> {
  const body = JSON.stringify({ ids, aheadMs: BEYOND_RETENTION_MS });
  const response = await fetch(`${url}/bench/retire`, { method: "POST", body });
  if (!response.ok) throw new Error(`Retiring was answered ${response.status}`);
}

/** What one job amounts to, and what a million of them cost. */
export interface Bill {
  readonly name: string;
  readonly amounts: Readonly<Record<Priced, number>>;
  readonly dollars: Readonly<Record<Priced, number>>;
  readonly dollarsAMillion: number;
  /** Of the object requests of one job. */
  readonly alarms: number;
}

/** @param counts - of so many jobs, to be added up */
export function billOf(name: string, counts: readonly Counts[], jobs: number): Bill {
  const all = counts.map((some) => countsSchema.parse(some));
  const each = (what: keyof z.output<typeof countsSchema>) =>
    all.reduce((sum, some) => sum + some[what], 0) / jobs;
  const amounts: Record<Priced, number> = {
    workerRequests: each("workerRequests"),
    workflowInvocations: each("workflowInvocations"),
    cpuMs: each("cpuMs"),
    objectRequests: each("objectRequests"),
    objectGbSeconds: (each("activeMs") / 1_000) * OBJECT_GB,
    rowsWritten: each("rowsWritten"),
    storedGbMonths: (each("storedBytes") / 1e9) * RETENTION_MONTHS,
    classA: each("classA"),
    classB: each("classB"),
  };
  const dollars = { ...amounts };
  // `Object.keys` forgets what the keys are called.
  for (const what of Object.keys(amounts) as Priced[]) {
    dollars[what] = (amounts[what] * 1e6 * PRICES[what].dollars) / PRICES[what].per;
  }
  const dollarsAMillion = Object.values(dollars).reduce((sum, some) => sum + some, 0);
  return { name, amounts, dollars, dollarsAMillion, alarms: each("alarms") };
}
