import { createHash } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { projectSchema, timelineSchema } from "@bluehour/contract";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { FAKED_MODELS, type FakeProviders, startFakeProviders } from "./fake-providers.ts";
import { freePort, startWranglerDev, type WranglerDev } from "./wrangler-dev.ts";

/** Long enough for a callback to come before the pace would ask. */
const RENDER_MS = 400;

const CHAIN = ["fal/fal-ai/flux/schnell", "replicate/black-forest-labs/flux-schnell"];

let directory: string;
let providers: FakeProviders;
let worker: WranglerDev;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "bluehour-providers-"));
  providers = await startFakeProviders(RENDER_MS);
  const port = await freePort();
  const vars = {
    ...providers.vars,
    ADMIN_TOKEN: "t",
    SIGNING_SECRET: "s",
    PUBLIC_URL: `http://127.0.0.1:${port}`,
    MODELS: JSON.stringify({ chain: CHAIN }),
  };
  worker = await startWranglerDev({ port, persistTo: directory, vars });
});

afterEach(() => {
  for (const fake of Object.values(providers.fakes)) fake.reset();
});

afterAll(async () => {
  await worker?.kill("SIGTERM");
  await providers?.close();
  await rm(directory, { recursive: true, force: true });
});

const headers = { Authorization: "Bearer t", "Content-Type": "application/json" };

/** Paints one image and waits for the end of its job. */
async function paint(model: string, prompt: string, image_count = 1) {
  const body = JSON.stringify({ model, image_count, style: { prompt } });
  const created = await fetch(`${worker.url}/v1/ai-image-generator`, { method: "POST", headers, body });
  if (created.status !== 200) throw new Error(await created.text());
  const { id } = projectSchema.pick({ id: true }).parse(await created.json());
  const response = await fetch(`${worker.url}/v1/image-projects/${id}`, {
    headers: { ...headers, Prefer: "wait=50" },
  });
  const told = await fetch(`${worker.url}/v1/image-projects/${id}/timeline`, { headers });
  return {
    project: projectSchema.parse(await response.json()),
    timeline: timelineSchema.parse(await told.json()).items,
  };
}

describe("through the Worker", () => {
  test.each(FAKED_MODELS)("%s/%s paints two images", async (provider, model) => {
    const { project } = await paint(`${provider}/${model}`, "a lighthouse", 2);
    expect(project).toMatchObject({ status: "complete", provider });
    const painted = providers.fakes[provider].images.map(({ sha256 }) => sha256);
    expect(project.downloads.map(({ sha256 }) => sha256).sort()).toEqual(painted.sort());
    for (const { url, sha256 } of project.downloads) {
      const bytes = await (await fetch(url)).bytes();
      expect(createHash("sha256").update(bytes).digest("hex")).toBe(sha256);
    }
  });

  // One's own ComfyUI moderates nothing.
  test.each(FAKED_MODELS.filter(([provider]) => provider !== "comfyui"))(
    "%s/%s moderates, and the caller learns it",
    async (provider, model) => {
      const { project } = await paint(`${provider}/${model}`, "[fault:moderated]");
      expect(project).toMatchObject({ status: "error", error: { code: "content_rejected" } });
    },
  );
});

describe("a route that fails hands over to the next", () => {
  test("when its key is refused, at once, and the timeline says so", async () => {
    const { fal, replicate } = providers.fakes;
    fal.script({ type: "status", on: "submit", status: 401 });
    const { project, timeline } = await paint("chain", "a cat");
    expect(project).toMatchObject({ status: "complete", provider: "replicate", model: "chain" });
    expect(timeline).toContainEqual(
      expect.objectContaining({ type: "fell_back", provider: "fal", outcome: "replicate" }),
    );
    expect([fal.submits.length, replicate.submits.length]).toEqual([1, 1]);
  });

  test("when its account is empty", async () => {
    providers.fakes.fal.script({ type: "status", on: "submit", status: 402, message: "Exhausted balance" });
    expect((await paint("chain", "a cat")).project.provider).toBe("replicate");
  });

  test("when it stays unavailable past its patience", async () => {
    const { fal, replicate } = providers.fakes;
    fal.script({ type: "status", on: "submit", status: 503, times: 9 });
    const { project, timeline } = await paint("chain", "a cat");
    expect(project).toMatchObject({ status: "complete", provider: "replicate" });
    expect(timeline.filter(({ type }) => type === "retried").length).toBeGreaterThan(1);
    expect(fal.submits.length).toBeGreaterThan(1);
    expect(replicate.submits).toHaveLength(1);
  });

  test("while it runs: it is stopped, and a part never has two routes running", async () => {
    const { fal, replicate } = providers.fakes;
    fal.script({ type: "slow", renderMs: 600_000 }, { type: "status", on: "poll", status: 401 });
    const { project, timeline } = await paint("chain", "a cat");
    expect(project).toMatchObject({ status: "complete", provider: "replicate" });
    await expect.poll(() => fal.requests.some(({ method }) => method === "PUT")).toBe(true);
    expect(timeline.map(({ type }) => type)).toContain("fell_back");
    expect([fal.submits.length, replicate.submits.length]).toEqual([1, 1]);
  });

  test("but not when the prompt is refused", async () => {
    const { fal, replicate } = providers.fakes;
    fal.script({ type: "moderated" });
    const { project } = await paint("chain", "a cat");
    expect(project).toMatchObject({ status: "error", error: { code: "content_rejected" } });
    expect(replicate.submits).toEqual([]);
  });
});

describe("callbacks", () => {
  test("wake the job, which asks then", async () => {
    const { replicate } = providers.fakes;
    const { project, timeline } = await paint("replicate/black-forest-labs/flux-schnell", "a cat");
    expect(project.status).toBe("complete");
    expect(replicate.callbacks).toMatchObject([{ status: 204 }]);
    // One poll, and it came with the callback.
    expect(timeline).toContainEqual(expect.objectContaining({ type: "polled", count: 1 }));
    expect(
      replicate.requests.filter(({ method, path }) => method === "GET" && path.startsWith("/v1/")),
    ).toHaveLength(1);
  });

  test("that get lost cost time only", async () => {
    const { replicate } = providers.fakes;
    const { project } = await paint(
      "replicate/black-forest-labs/flux-schnell",
      "[fault:lose-callback] a cat",
    );
    expect(project.status).toBe("complete");
    expect(replicate.callbacks).toEqual([]);
  });
});

test("a lost submit of ComfyUI is found again, and not sent twice", async () => {
  const { comfyui } = providers.fakes;
  const { project, timeline } = await paint("comfyui/default", "[fault:submit-drop-after] a cat");
  expect(project).toMatchObject({ status: "complete", provider: "comfyui" });
  expect(timeline).toContainEqual(expect.objectContaining({ type: "looked_up", outcome: "found" }));
  expect(comfyui.submits).toHaveLength(1);
});
