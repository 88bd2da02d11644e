import { setTimeout as sleep } from "node:timers/promises";
import { type BluehourClient, createClient } from "@bluehour/client";
import { startFakeUpstream } from "@bluehour/providers/fake-upstream";
import type { Contender } from "../contenders/contender.ts";
import type { Upstream } from "../contenders/upstream.ts";
import { startWorkflows } from "../contenders/workflows.ts";
import { type Bill, billOf, readCounts, retire } from "../count-costs.ts";
import { type Delayed, delayRequests } from "../delay-requests.ts";
import { startBluehour } from "../local-worker.ts";
import { createMagicHourSdk, type MagicHourSdk } from "../magic-hour-sdk.ts";
import { markdownTable } from "../markdown-table.ts";
import { PRICES, PRICES_OF, type Priced } from "../prices.ts";
import type { Section } from "../section.ts";

const JOBS = 40;
const AT_ONCE = 4;
const RENDER_MS = 2_000;

/** What every call to the provider takes, in milliseconds: objects are billed while they wait for it. */
const PROVIDER_MS = 150;

/** Jobs before those that count, from which Bluehour learns how long a render takes. */
const WARM_UP_JOBS = 40;
const WARM_UP_AT_ONCE = 20;

/** How long settlements and the like may still take after the last job is known to be done, in milliseconds. */
const AFTERMATH_MS = 500;

const POLL_EVERY_MS = 500;

/** Runs one job, as its caller does. @returns its id */
type RunJob = () => Promise<string>;

/** Everything that Cloudflare bills, for one job, and for a million. */
export const cost: Section = { name: "cost", run };

async function run(): Promise<string> {
  const upstreams = await Promise.all([
    startFakeUpstream({ renderMs: RENDER_MS }),
    startFakeUpstream({ renderMs: RENDER_MS, provider: "replicate" }),
  ]);
  const [polled, called] = await Promise.all(upstreams.map(({ url }) => delayRequests(url, PROVIDER_MS)));
  if (!polled || !called) throw new Error("Two were asked for");
  const apiKey = upstreams[0].apiKey;
  try {
    const bills = [
      ...(await billBluehour("polled", magicHourVars(polled, apiKey))),
      ...(await billBluehour("calls back", replicateVars(called, apiKey))),
      await billWorkflows({ url: polled.url, apiKey, renderMs: RENDER_MS }),
    ];
    return report(bills);
  } finally {
    for (const { close } of [polled, called, ...upstreams]) await close();
  }
}

function magicHourVars({ url }: Delayed, apiKey: string) {
  return { DEFAULT_MODEL: "magic-hour/default", MAGIC_HOUR_API_KEY: apiKey, MAGIC_HOUR_BASE_URL: url };
}

function replicateVars({ url }: Delayed, apiKey: string) {
  const model = "replicate/black-forest-labs/flux-schnell";
  return { DEFAULT_MODEL: model, REPLICATE_API_KEY: apiKey, REPLICATE_BASE_URL: url };
}

async function billBluehour(provider: string, vars: Readonly<Record<string, string>>): Promise<Bill[]> {
  const worker = await startBluehour({ wrapper: "metered.ts", vars });
  try {
    const { url, token } = worker;
    const ways = waysToUse(createClient({ baseUrl: url, token }), createMagicHourSdk(url, token), url, token);
    await runMany(ways[0][1], WARM_UP_JOBS, WARM_UP_AT_ONCE);
    const bills: Bill[] = [];
    for (const [way, runJob] of ways) {
      await sleep(AFTERMATH_MS);
      await readCounts(url);
      const cpuBefore = worker.process.cpuMs;
      const ids = await runMany(runJob, JOBS, AT_ONCE);
      await sleep(AFTERMATH_MS);
      const cpuMs = worker.process.cpuMs - cpuBefore;
      const alive = await readCounts(url);
      await retire(url, ids);
      await sleep(AFTERMATH_MS);
      bills.push(billOf(`Bluehour, ${provider}: ${way}`, [alive, await readCounts(url), { cpuMs }], JOBS));
    }
    return bills;
  } finally {
    await worker.stop();
  }
}

function waysToUse({ v1 }: BluehourClient, sdk: MagicHourSdk, url: string, token: string) {
  const style = { prompt: "a lighthouse at dusk" };
  const createAndWait = async () => {
    const response = await fetch(`${url}/v1/ai-image-generator`, {
      method: "POST",
      headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/json", Prefer: "wait=60" },
      body: JSON.stringify({ image_count: 1, style }),
    });
    return doneJob((await response.json()) as { id: string; project: { status: string } });
  };
  return [
    [
      "create and events",
      async () => {
        const options = { wait: "events", downloadOutputs: false } as const;
        return (await v1.aiImageGenerator.generate({ image_count: 1, style }, options)).id;
      },
    ],
    ["create and wait", createAndWait],
    [
      "the Magic Hour SDK",
      async () => {
        const request = { imageCount: 1, orientation: "square", style } as const;
        const project = await sdk.v1.aiImageGenerator.generate(request, { downloadOutputs: false });
        return doneJob({ id: project.id, project });
      },
    ],
  ] as const satisfies readonly (readonly [string, RunJob])[];
}

function doneJob({ id, project }: { id: string; project: { status: string } }): string {
  if (project.status !== "complete") throw new Error(`Job ${id} is ${project.status}`);
  return id;
}

async function billWorkflows(upstream: Upstream): Promise<Bill> {
  const workflows = await startWorkflows(upstream, "metered.ts");
  try {
    const runJob = () => runByPolling(workflows);
    await runMany(runJob, WARM_UP_AT_ONCE, WARM_UP_AT_ONCE);
    await readCounts(workflows.url);
    const cpuBefore = workflows.cpuMs();
    await runMany(runJob, JOBS, AT_ONCE);
    const counted = await readCounts(workflows.url);
    return billOf("Workflows: create and polls", [counted, { cpuMs: workflows.cpuMs() - cpuBefore }], JOBS);
  } finally {
    await workflows.stop();
  }
}

/** There is nothing to watch a Workflow by. */
async function runByPolling(contender: Contender): Promise<string> {
  const send = async ({ path, ...init }: ReturnType<Contender["create"]>) =>
    (await fetch(contender.url + path, init)).json();
  const id = contender.idOf(await send(contender.create()));
  while (contender.imageOf(await send(contender.status(id))) === null) await sleep(POLL_EVERY_MS);
  return id;
}

async function runMany(runJob: RunJob, jobs: number, atOnce: number): Promise<string[]> {
  const ids: string[] = [];
  let left = jobs;
  const lane = async () => {
    while (left-- > 0) ids.push(await runJob());
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
  return ids;
}

const COLUMNS: readonly (readonly [Priced, head: string, digits: number])[] = [
  ["workerRequests", "Worker requests", 2],
  ["workflowInvocations", "Workflow invocations", 0],
  ["cpuMs", "CPU, ms", 1],
  ["objectRequests", "object requests", 2],
  ["objectGbSeconds", "GB-s", 3],
  ["rowsWritten", "rows written", 2],
  ["classA", "R2 class A", 0],
  ["classB", "R2 class B", 0],
];

function report(bills: readonly Bill[]): string {
  const counts = markdownTable(
    ["a job", ...COLUMNS.map(([, head]) => head), "of the requests, alarms"],
    bills.map(({ name, amounts, alarms }) => [
      name,
      ...COLUMNS.map(([what, , digits]) => amounts[what].toFixed(digits)),
      alarms.toFixed(2),
    ]),
  );
  const others = bills.at(-1)?.dollarsAMillion ?? Number.NaN;
  const dollars = markdownTable(
    ["a million jobs, $", ...COLUMNS.map(([, head]) => head), "stored", "all", "× Workflows"],
    bills.map(({ name, dollars, dollarsAMillion }) => [
      name,
      ...COLUMNS.map(([what]) => dollars[what].toFixed(2)),
      dollars.storedGbMonths.toFixed(2),
      dollarsAMillion.toFixed(2),
      (dollarsAMillion / others).toFixed(2),
    ]),
  );
  const prices = markdownTable(
    ["list prices", "$"],
    Object.entries(PRICES).map(([name, { dollars, per }]) => [
      name,
      `${dollars} ${per === 1 ? "each" : "a million"}`,
    ]),
  );
  return `${counts}\n\n${dollars}\n\n${prices}\n\nPrices as of ${PRICES_OF}; see \`bench/src/prices.ts\` for the pages.`;
}
