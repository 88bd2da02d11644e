import { setTimeout as sleep } from "node:timers/promises";
import { createClient } from "@bluehour/client";
import { type FakeUpstream, startFakeUpstream } from "@bluehour/providers/fake-upstream";
import * as z from "zod";
import { bundleWorker } from "../bundle-worker.ts";
import { type LocalWorker, startBluehour, startWorker } from "../local-worker.ts";
import { markdownTable } from "../markdown-table.ts";
import type { Section } from "../section.ts";
import { type Sink, startSink } from "../sink.ts";
import { median } from "../statistics.ts";

const ROUNDS = 3;
const IMAGES = 16;
const IMAGE_MIB = 20;
const PROMPT = `[fault:body-large-${IMAGE_MIB}x${IMAGES}] boats`;

/** How long a new process is left alone before its memory is looked at, in milliseconds. */
const REST_MS = 1_500;

interface Candidate {
  readonly name: string;
  start(): Promise<LocalWorker>;
  /** Has images stored. */
  store(worker: LocalWorker, prompt: string, images: number): Promise<void>;
}

/** The most memory that storing large images takes. */
export const memory: Section = { name: "memory", run };

async function run(): Promise<string> {
  const [upstream, sink] = await Promise.all([startFakeUpstream({ renderMs: 100 }), startSink()]);
  try {
    const candidates = candidatesFor(upstream, sink);
    const rounds = new Map<string, { peakMib: number; cpuMs: number }[]>(
      candidates.map(({ name }) => [name, []]),
    );
    for (let round = 0; round < ROUNDS; round++) {
      for (const candidate of candidates) rounds.get(candidate.name)?.push(await measure(candidate, sink));
    }
    const peak = (name: string) => median((rounds.get(name) ?? []).map(({ peakMib }) => peakMib));
    const ours = peak(candidates[0]?.name ?? "");
    return markdownTable(
      [
        `storing ${IMAGES} × ${IMAGE_MIB} MiB`,
        "peak above idle, MiB",
        "images' worth",
        "× Bluehour's",
        "CPU, ms",
      ],
      [...rounds].map(([name, figures]) => [
        name,
        peak(name).toFixed(0),
        (peak(name) / IMAGE_MIB).toFixed(1),
        (peak(name) / ours).toFixed(1),
        median(figures.map(({ cpuMs }) => cpuMs)).toFixed(0),
      ]),
    );
  } finally {
    await upstream.close();
    sink.close();
  }
}

function candidatesFor(upstream: FakeUpstream, sink: Sink): Candidate[] {
  const plainly = (name: string, how: "buffer" | "pass"): Candidate => ({
    name,
    start: () => startPlain(sink.url),
    async store(worker, prompt, images) {
      const urls = await paint(upstream, prompt, images);
      const response = await fetch(worker.url, { method: "POST", body: JSON.stringify({ urls, how }) });
      if (!response.ok) throw new Error(`Storing was answered ${response.status}`);
    },
  });
  const bluehour: Candidate = {
    name: "Bluehour: checked, measured, hashed",
    start: () =>
      startBluehour({
        wrapper: "bucket-outside.ts",
        vars: {
          BUCKET_URL: sink.url,
          DEFAULT_MODEL: "magic-hour/default",
          MAGIC_HOUR_API_KEY: upstream.apiKey,
          MAGIC_HOUR_BASE_URL: upstream.url,
        },
      }),
    async store({ url, token }, prompt, images) {
      const { v1 } = createClient({ baseUrl: url, token });
      const request = { image_count: images, style: { prompt } };
      const { downloads } = await v1.aiImageGenerator.generate(request, { downloadOutputs: false });
      if (downloads.length !== images) throw new Error(`Only ${downloads.length} images were stored`);
    },
  };
  return [
    bluehour,
    plainly("a Worker that passes them on unseen", "pass"),
    plainly("a Worker that holds each in memory", "buffer"),
  ];
}

/** In a process of its own, since what a process has taken once it does not give back. */
async function measure({ start, store }: Candidate, sink: Sink) {
  const worker = await start();
  try {
    await store(worker, "a small one, for code to be compiled", 1);
    await sleep(REST_MS);
    const [idleMib, cpuBefore, bytesBefore] = [worker.process.residentMib, worker.process.cpuMs, sink.bytes];
    worker.process.forgetPeak();
    await store(worker, PROMPT, IMAGES);
    if (sink.bytes - bytesBefore < IMAGES * IMAGE_MIB * 1024 ** 2) throw new Error("Not all was stored");
    return { peakMib: worker.process.peakMib - idleMib, cpuMs: worker.process.cpuMs - cpuBefore };
  } finally {
    await worker.stop();
  }
}

async function startPlain(bucketUrl: string): Promise<LocalWorker> {
  const contents = await bundleWorker("bench/worker/store-plainly.ts");
  return startWorker(() => ({
    env: { BUCKET_URL: { type: "text", value: bucketUrl } },
    manifest: { mainModule: "store.js", modules: { "store.js": { type: "esm", contents } } },
  }));
}

const createdSchema = z.object({ id: z.string() });
const paintedSchema = z.object({ status: z.string(), downloads: z.array(z.object({ url: z.string() })) });

/** Has images painted by the provider itself. @returns their addresses */
async function paint({ url, apiKey }: FakeUpstream, prompt: string, images: number): Promise<string[]> {
  const headers = { Authorization: `Bearer ${apiKey}`, "Content-Type": "application/json" };
  const body = JSON.stringify({ image_count: images, orientation: "square", style: { prompt } });
  const created = await fetch(`${url}/v1/ai-image-generator`, { method: "POST", headers, body });
  const { id } = createdSchema.parse(await created.json());
  for (;;) {
    const answer = await fetch(`${url}/v1/image-projects/${id}`, { headers });
    const { status, downloads } = paintedSchema.parse(await answer.json());
    if (status === "complete") return downloads.map((download) => download.url);
    await sleep(50);
  }
}
