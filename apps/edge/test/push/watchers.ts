// Runs in a thread of its own, so that those who watch keep neither the upstream nor the clock from their work.
import { parentPort } from "node:worker_threads";
import { createClient } from "@bluehour/client";

/** Whom to send to watch a job. */
export interface WatchOrder {
  readonly baseUrl: string;
  readonly token: string;
  readonly id: string;
  readonly count: number;
}

/** When they knew of the job's end, in milliseconds since the Unix epoch, in order. */
export type Knowing = readonly number[];

parentPort?.on("message", async ({ baseUrl, token, id, count }: WatchOrder) => {
  const { v1 } = createClient({ baseUrl, token });
  const watch = async () => {
    for await (const _ of v1.imageProjects.events({ id }));
    return Date.now();
  };
  const known: Knowing = await Promise.all(Array.from({ length: count }, watch));
  parentPort?.postMessage(known.toSorted((a, b) => a - b));
});
