/** When the pages below were read. */
export const PRICES_OF = "2026-11-24";

/**
 * What Cloudflare asks for, in US dollars, beyond what a plan includes. Everything that is included is left out: a
 * deployment that is large enough to look at its bill has used that up.
 *
 * @see https://developers.cloudflare.com/workers/platform/pricing/
 * @see https://developers.cloudflare.com/durable-objects/platform/pricing/
 * @see https://developers.cloudflare.com/r2/pricing/
 * @see https://developers.cloudflare.com/workflows/reference/pricing/
 */
export const PRICES = {
  workerRequests: { dollars: 0.3, per: 1_000_000 },
  /** Creating an instance; its steps are none. */
  workflowInvocations: { dollars: 0.3, per: 1_000_000 },
  cpuMs: { dollars: 0.02, per: 1_000_000 },
  /** RPC calls, requests and alarms. Messages that an object sends over a WebSocket are free. */
  objectRequests: { dollars: 0.15, per: 1_000_000 },
  objectGbSeconds: { dollars: 12.5, per: 1_000_000 },
  /** Keys, alarms that are set and deletes are rows too. */
  rowsWritten: { dollars: 1, per: 1_000_000 },
  /** What objects keep in SQLite. */
  storedGbMonths: { dollars: 0.2, per: 1 },
  classA: { dollars: 4.5, per: 1_000_000 },
  classB: { dollars: 0.36, per: 1_000_000 },
} as const;

export type Priced = keyof typeof PRICES;

/** Memory that an active Durable Object is billed for, in GB, whatever it uses. */
export const OBJECT_GB = 0.128;
