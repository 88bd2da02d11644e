import { subscribe } from "node:diagnostics_channel";
import type { ClientRequest } from "node:http";
import { createClient, type Wait } from "@bluehour/client";
import { type FakeUpstream, startFakeUpstream } from "@bluehour/providers/fake-upstream";
import { chance } from "../chance.ts";
import { logNormal } from "../distributions.ts";
import { type LocalWorker, startBluehour } from "../local-worker.ts";
import { createMagicHourSdk } from "../magic-hour-sdk.ts";
import { markdownTable } from "../markdown-table.ts";
import type { Section } from "../section.ts";
import { median, quantile } from "../statistics.ts";

const JOBS = 40;
/** Of each way, at a time. */
const AT_ONCE = 2;
const WARM_UP_JOBS = 40;

const RENDER = { medianMs: 2_000, spread: 0.3 };

/** What came of one job. */
interface Sample {
  /** From the provider being ready until the client knows, in milliseconds. */
  readonly lagMs: number;
  /** The share of it since the poll that found it ready. */
  readonly afterPollMs: number;
  readonly polls: number;
}

interface Way {
  readonly name: string;
  readonly upstream: FakeUpstream;
  /** Creates a job, and resolves when its end is known. */
  run(prompt: string): Promise<unknown>;
  /** Requests that it has sent. */
  sent(): number;
}

/** How soon a client knows, and how often somebody has to ask. */
export const lag: Section = { name: "lag", run };

async function run(): Promise<string> {
  const [magicHour, replicate] = await Promise.all([
    startFakeUpstream(),
    startFakeUpstream({ provider: "replicate" }),
  ]);
  const worker = await startBluehour({
    vars: {
      DEFAULT_MODEL: "magic-hour/default",
      MAGIC_HOUR_BASE_URL: magicHour.url,
      MAGIC_HOUR_API_KEY: magicHour.apiKey,
      REPLICATE_BASE_URL: replicate.url,
      REPLICATE_API_KEY: replicate.apiKey,
    },
  });
  try {
    const ways = waysToKnow(worker, magicHour, replicate);
    const draw = chance(1);
    await Promise.all(ways.map((way) => runMany(way, WARM_UP_JOBS / ways.length, WARM_UP_JOBS, draw)));
    const rows: [Way, Sample[], number][] = await Promise.all(
      // All at the same time, so that whatever else the machine does falls on all.
      ways.map(async (way) => {
        const before = way.sent();
        const samples = await runMany(way, JOBS, AT_ONCE, draw);
        return [way, samples, way.sent() - before];
      }),
    );
    return report(rows);
  } finally {
    await worker.stop();
    await Promise.all([magicHour.close(), replicate.close()]);
  }
}

function waysToKnow(worker: LocalWorker, magicHour: FakeUpstream, replicate: FakeUpstream): Way[] {
  const { url, token } = worker;
  const byClient = (name: string, wait: Wait, upstream: FakeUpstream): Way => {
    let sent = 0;
    const counting: typeof fetch = (...call) => {
      sent += 1;
      return fetch(...call);
    };
    const { v1 } = createClient({ baseUrl: url, token, fetch: counting });
    const model = upstream === replicate ? { model: "replicate/black-forest-labs/flux-schnell" } : {};
    return {
      name,
      upstream,
      run: (prompt) =>
        v1.aiImageGenerator.generate(
          { image_count: 1, style: { prompt }, ...model },
          { wait, downloadOutputs: false },
        ),
      sent: () => sent,
    };
  };
  const bySdk = (name: string, baseUrl: string, key: string): Way => {
    const { v1 } = createMagicHourSdk(baseUrl, key);
    const request = { imageCount: 1, orientation: "square" } as const;
    return {
      name,
      upstream: magicHour,
      run: (prompt) =>
        v1.aiImageGenerator.generate({ ...request, style: { prompt } }, { downloadOutputs: false }),
      sent: countRequests(new URL(baseUrl).host),
    };
  };
  return [
    byClient("Bluehour's client, by events", "events", magicHour),
    byClient("the same, of a provider that calls back", "events", replicate),
    byClient("Bluehour's client, by long-poll", "long-poll", magicHour),
    bySdk("the Magic Hour SDK, on Bluehour", url, token),
    bySdk("the Magic Hour SDK, on its provider", magicHour.url, magicHour.apiKey),
  ];
}

/** Counts what Node's `http` sends to a host: what the SDK uses, and the client does not. */
function countRequests(host: string): () => number {
  let sent = 0;
  subscribe("http.client.request.start", (message) => {
    // What Node's documentation says of this channel.
    const { request } = message as { request: ClientRequest };
    if (request.getHeader("host") === host) sent += 1;
  });
  return () => sent;
}

let jobs = 0;

async function runMany(way: Way, count: number, atOnce: number, draw: () => number): Promise<Sample[]> {
  const renders = logNormal(RENDER.medianMs, RENDER.spread);
  const samples: Sample[] = [];
  let left = count;
  const lane = async () => {
    while (left-- > 0) {
      const renderMs = Math.round(renders.draw(draw));
      samples.push(await sample(way, renderMs, `[fault:slow-${renderMs}] job ${++jobs}.`));
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, count) }, lane));
  return samples;
}

async function sample({ upstream, run }: Way, renderMs: number, prompt: string): Promise<Sample> {
  await run(prompt);
  const knownAt = Date.now();
  const submit = upstream.submits.find((one) => one.prompt.includes(prompt));
  const polls = upstream.requests.filter(
    ({ method, path }) => method === "GET" && path.endsWith(`/${submit?.projectId}`),
  );
  const lastPoll = polls.at(-1);
  if (!submit || !lastPoll) throw new Error(`The provider was never asked about "${prompt}"`);
  return {
    lagMs: knownAt - (submit.atMs + renderMs),
    afterPollMs: knownAt - lastPoll.atMs,
    polls: polls.length,
  };
}

function report(rows: readonly (readonly [Way, Sample[], number])[]): string {
  return markdownTable(
    [
      `render times log-normal, ${RENDER.medianMs / 1_000} s, σ ${RENDER.spread}`,
      "ready to known, median, ms",
      "p95, ms",
      "of it after the poll, ms",
      "requests a job",
      "polls of the provider a job",
    ],
    rows.map(([{ name }, samples, sent]) => {
      const lags = samples.map(({ lagMs }) => lagMs).toSorted((a, b) => a - b);
      const polls = samples.reduce((sum, one) => sum + one.polls, 0);
      return [
        name,
        quantile(lags, 0.5).toFixed(0),
        quantile(lags, 0.95).toFixed(0),
        median(samples.map(({ afterPollMs }) => afterPollMs)).toFixed(0),
        (sent / samples.length).toFixed(2),
        (polls / samples.length).toFixed(2),
      ];
    }),
  );
}
