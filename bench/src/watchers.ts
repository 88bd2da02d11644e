import { createClient } from "@bluehour/client";
import type { FakeUpstream } from "@bluehour/providers/fake-upstream";
import type { LocalWorker } from "./local-worker.ts";
import { markdownTable } from "./markdown-table.ts";
import { quantile } from "./statistics.ts";

const ROUNDS = 10;
const WATCHERS = 200;

/** Whether watchers keep a job from its end. @param upstream - paints the default model */
export async function measureWatchers(worker: LocalWorker, upstream: FakeUpstream): Promise<string> {
  const { v1 } = createClient({ baseUrl: worker.url, token: worker.token });

  /** Runs a job. @returns milliseconds from the poll that found it ready */
  async function lags(watchers: number): Promise<{ end: number; lastWatcher: number }> {
    const prompt = `[fault:slow-${1_000 + Math.floor(Math.random() * 500)}] watched ${crypto.randomUUID()}`;
    const { id } = await v1.aiImageGenerator.create({ image_count: 1, style: { prompt } });
    let lastAt = 0;
    const watching = Array.from({ length: watchers }, async () => {
      for await (const _ of v1.imageProjects.events({ id }));
      lastAt = Date.now();
    });
    const { completed_at } = await v1.imageProjects.checkResult({ id }, { downloadOutputs: false });
    await Promise.all(watching);
    const submit = upstream.submits.find((one) => one.prompt.includes(prompt));
    const poll = upstream.requests.findLast(({ path }) => path.endsWith(`/${submit?.projectId}`));
    const readyAt = poll?.atMs ?? Number.NaN;
    return { end: Date.parse(completed_at ?? "") - readyAt, lastWatcher: lastAt - readyAt };
  }

  const rows: Record<string, number[]> = {};
  const take = (name: string, lag: number) => {
    rows[name] = [...(rows[name] ?? []), lag];
  };
  // By turns, so that whatever else the machine does falls on both.
  for (let round = 0; round < ROUNDS; round++) {
    take("a job ends, alone", (await lags(0)).end);
    const watched = await lags(WATCHERS);
    take(`a job ends, with ${WATCHERS} watchers`, watched.end);
    take(`the last of ${WATCHERS} knows`, watched.lastWatcher);
  }
  return markdownTable(
    ["after the poll", "median, ms", "p95, ms"],
    Object.entries(rows).map(([name, numbers]) => {
      const sorted = numbers.toSorted((a, b) => a - b);
      return [name, quantile(sorted, 0.5).toFixed(0), quantile(sorted, 0.95).toFixed(0)];
    }),
  );
}
