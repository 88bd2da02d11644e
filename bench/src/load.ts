import { Pool } from "undici";
import type { BenchRequest } from "./contenders/contender.ts";

/** What sending many requests has shown. */
export interface Load {
  readonly perSecond: number;
  /** Milliseconds, ascending. */
  readonly latenciesMs: readonly number[];
  /** Parsed, in the order of the requests. */
  readonly answers: readonly unknown[];
}

/**
 * Sends requests over kept connections, so many at once, as fast as they are answered.
 *
 * @throws Error for an answer that is not a 2xx
 */
export async function sendAll(url: string, requests: readonly BenchRequest[], atOnce: number): Promise<Load> {
  const pool = new Pool(url, { connections: atOnce });
  try {
    const latenciesMs: number[] = [];
    const answers = new Array<unknown>(requests.length);
    const queue = requests.entries();
    const began = performance.now();
    const lane = async () => {
      for (const [index, request] of queue) {
        const sent = performance.now();
        const { statusCode, body } = await pool.request(request);
        const text = await body.text();
        latenciesMs.push(performance.now() - sent);
        if (statusCode >= 300)
          throw new Error(`${request.path} answered ${statusCode}: ${text.slice(0, 200)}`);
        answers[index] = JSON.parse(text);
      }
    };
    await Promise.all(Array.from({ length: atOnce }, lane));
    const seconds = (performance.now() - began) / 1_000;
    return {
      perSecond: requests.length / seconds,
      latenciesMs: latenciesMs.toSorted((a, b) => a - b),
      answers,
    };
  } finally {
    await pool.close();
  }
}
