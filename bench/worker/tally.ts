/** What Cloudflare bills, as far as it is counted here. */
export type Counted =
  | "workerRequests"
  | "objectRequests"
  | "rpcCalls"
  | "fetches"
  | "alarms"
  | "rowsWritten"
  | "alarmsSet"
  | "activeMs"
  | "storedBytes"
  | "classA"
  | "classB";

/** Counts by who caused them: `worker`, or the name of a Durable Object's class. */
export type Counts = Record<string, Partial<Record<Counted, number>>>;

let counts: Counts = {};

export function count(who: string, what: Counted, amount = 1): void {
  counts[who] ??= {};
  counts[who][what] = (counts[who][what] ?? 0) + amount;
}

/** All counts since the last time they were taken. */
export function takeCounts(): Counts {
  const taken = counts;
  counts = {};
  return taken;
}
