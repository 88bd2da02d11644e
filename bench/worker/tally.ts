/** What Cloudflare bills, as far as it is counted here. */
export type Counted =
  | "workerRequests"
  | "workflowInvocations"
  | "objectRequests"
  | "alarms"
  | "rowsWritten"
  | "alarmsSet"
  | "activeMs"
  | "storedBytes"
  | "classA"
  | "classB";

/** Sums of what was counted. */
export type Counts = Partial<Record<Counted, number>>;

let counts: Counts = {};

export function count(what: Counted, amount = 1): void {
  counts[what] = (counts[what] ?? 0) + amount;
}

/** All counts since the last time they were taken. */
export function takeCounts(): Counts {
  const taken = counts;
  counts = {};
  return taken;
}
