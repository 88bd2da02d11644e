import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createClient, type Project } from "@bluehour/client";
import { type FakeUpstream, startFakeUpstream } from "@bluehour/providers/fake-upstream";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { freePort, startWranglerDev, type WranglerDev } from "./wrangler-dev.ts";

let directory: string;
let upstream: FakeUpstream;
let worker: WranglerDev;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "bluehour-images-"));
  upstream = await startFakeUpstream({ provider: "black-forest-labs" });
  const vars = {
    ADMIN_TOKEN: "t",
    SIGNING_SECRET: "s",
    BFL_BASE_URL: upstream.url,
    BFL_API_KEY: upstream.apiKey,
    ALLOW_PRIVATE_HOSTS: "true",
  };
  worker = await startWranglerDev({ port: await freePort(), persistTo: directory, vars });
});

afterEach(() => upstream.reset());

afterAll(async () => {
  await worker?.kill("SIGTERM");
  await upstream?.close();
  await rm(directory, { recursive: true, force: true });
});

/** Asks for a job of a provider that paints one image a call, and watches it to its end. */
async function* watch(image_count: number): AsyncGenerator<Project, void> {
  const { v1 } = createClient({ baseUrl: worker.url, token: "t" });
  const { id } = await v1.aiImageGenerator.create({
    model: "black-forest-labs/flux-2-klein-4b",
    aspect_ratio: "9:16",
    image_count,
    style: { prompt: "a lighthouse" },
  });
  yield* v1.imageProjects.events({ id });
}

const statusesOf = ({ images }: Project) => images.map(({ status }) => status);
const statusOf = async (url: string | undefined) => (await fetch(url ?? "")).status;

test("each image of a job is told of by itself, and can be loaded while others are still rendering", async () => {
  upstream.script(
    { type: "slow", renderMs: 100 },
    { type: "slow", renderMs: 8_000 },
    { type: "moderated", message: "no" },
  );
  const seen: Project[] = [];
  let early: { readonly status: number; readonly url: string } | undefined;
  for await (const project of watch(3)) {
    seen.push(project);
    expect(project.aspect_ratio).toBe("9:16");
    expect(project.images.map(({ index }) => index)).toEqual([0, 1, 2]);
    const url = project.images.find(({ download }) => download)?.download?.url;
    if (url && !early) early = { status: await statusOf(url), url };
    if (project.status === "rendering") expect(project.downloads).toEqual([]);
  }
  const inBetween = seen.find(({ images }) =>
    images.some(({ progress }) => progress !== null && progress < 1),
  );
  expect(inBetween?.status).toBe("rendering");
  expect(inBetween && statusesOf(inBetween).toSorted()).toEqual(["complete", "error", "rendering"]);
  expect(early?.status).toBe(200);

  const last = seen.at(-1);
  expect(last?.status).toBe("complete");
  expect(last && statusesOf(last).toSorted()).toEqual(["complete", "complete", "error"]);
  const painted = last?.images.flatMap(({ download }) => download ?? []);
  expect(painted?.map(({ url }) => url)).toContain(early?.url);
  expect(last?.downloads).toMatchObject(painted ?? []);
  expect(last?.downloads).toHaveLength(2);
  expect(last?.images.find(({ error }) => error)).toMatchObject({
    progress: null,
    download: null,
    error: { code: "content_rejected" },
  });
  // Of three, one was refunded.
  expect(last?.credits_charged).toBe((2 / 3) * (seen[0]?.credits_charged ?? 0));
});

test("of a job that is canceled nothing can be loaded any more, what was stored already neither", async () => {
  const { v1 } = createClient({ baseUrl: worker.url, token: "t" });
  upstream.script({ type: "slow", renderMs: 100 }, { type: "slow", renderMs: 60_000 });
  let url: string | undefined;
  let last: Project | undefined;
  for await (const project of watch(2)) {
    last = project;
    if (url) continue;
    url = project.images.find(({ download }) => download)?.download?.url;
    if (!url) continue;
    expect(await statusOf(url)).toBe(200);
    await v1.imageProjects.cancel({ id: project.id });
  }
  expect(last && statusesOf(last)).toEqual(["canceled", "canceled"]);
  expect(last?.images.map(({ download }) => download)).toEqual([null, null]);
  await expect.poll(() => statusOf(url)).toBe(404);
});
