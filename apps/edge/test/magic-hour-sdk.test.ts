import { createHash } from "node:crypto";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { type FakeUpstream, startFakeUpstream } from "@bluehour/providers/fake-upstream";
import type MagicHour from "magic-hour";
import { afterAll, beforeAll, expect, test } from "vitest";
import { freePort, startWranglerDev, varsFor, type WranglerDev } from "./wrangler-dev.ts";

/** A PNG of 3 × 2 pixels. */
const CAT = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAMAAAACCAIAAAASFvFNAAAACXBIWXMAAAPoAAAD6AG1e1JrAAAAEElEQVQImWOQs6mAIAY4CwAvMATtXRlzugAAAABJRU5ErkJggg==",
  "base64",
);

/** The SDK is CommonJS, where every loader has its own idea of a default import. */
const { default: Client }: typeof MagicHour = createRequire(import.meta.url)("magic-hour");

let directory: string;
let upstream: FakeUpstream;
let worker: WranglerDev;
let client: InstanceType<typeof Client>;

beforeAll(async () => {
  process.env["MAGIC_HOUR_LOG_LEVEL"] = "none";
  directory = await mkdtemp(join(tmpdir(), "bluehour-sdk-"));
  upstream = await startFakeUpstream();
  worker = await startWranglerDev({
    port: await freePort(),
    persistTo: join(directory, "state"),
    vars: varsFor(upstream),
  });
  client = new Client({ token: "t", baseUrl: worker.url });
});

afterAll(async () => {
  await worker?.kill("SIGTERM");
  await upstream?.close();
  await rm(directory, { recursive: true, force: true });
});

const request = {
  imageCount: 2,
  name: "Ai Image image",
  orientation: "landscape",
  style: { prompt: "Cool image", tool: "ai-anime-generator" },
} as const;

/** The code and message that the SDK's error carries. */
async function failureOf(promise: Promise<unknown>) {
  const error = await promise.then(
    () => expect.fail("expected an error"),
    (reason) => reason as { response: { status: number; json(): Promise<Record<string, unknown>> } },
  );
  return { status: error.response.status, ...(await error.response.json()) };
}

test("generate() creates, waits and downloads what upstream painted", async () => {
  const downloadDirectory = join(directory, "outputs");
  const result = await client.v1.aiImageGenerator.generate(request, { downloadDirectory });
  expect(result).toMatchObject({
    status: "complete",
    name: "Ai Image image",
    imageCount: 2,
    creditsCharged: 10,
    totalFrameCost: 10,
    type: "AI_IMAGE",
    enabled: true,
    error: null,
  });
  const { downloadedPaths = [] } = result as { downloadedPaths?: string[] };
  expect(downloadedPaths.map((path) => basename(path))).toEqual([`${result.id}-1.png`, `${result.id}-2.png`]);
  const painted = upstream.images.map(({ sha256 }) => sha256);
  for (const path of downloadedPaths) {
    expect(painted).toContain(
      createHash("sha256")
        .update(await readFile(path))
        .digest("hex"),
    );
  }
});

test("upstream is asked for the shape and the tool of the request", () => {
  expect(upstream.submits.at(-1)?.body).toMatchObject({
    image_count: 2,
    aspect_ratio: "16:9",
    style: { prompt: "Cool image", tool: "ai-anime-generator" },
  });
});

test("aiImageEditor.generate() uploads a file of this machine, and downloads what was edited", async () => {
  const source = join(directory, "cat.png");
  await writeFile(source, CAT);
  const downloadDirectory = join(directory, "edited");
  const result = await client.v1.aiImageEditor.generate(
    { style: { prompt: "Give it sunglasses" }, assets: { imageFilePaths: [source] } },
    { downloadDirectory },
  );
  expect(result).toMatchObject({ status: "complete", type: "AI_IMAGE_EDITOR" });
  const { downloadedPaths = [] } = result as { downloadedPaths?: string[] };
  expect(downloadedPaths.map((path) => basename(path))).toEqual([`${result.id}-1.png`]);
});

test("create() and checkResult() take the same way in two steps", async () => {
  const created = await client.v1.aiImageGenerator.create({ ...request, imageCount: 1 });
  expect(created).toMatchObject({ creditsCharged: 5, frameCost: 5 });
  const checked = await client.v1.imageProjects.checkResult({ id: created.id }, { downloadOutputs: false });
  expect(checked).toMatchObject({ id: created.id, status: "complete" });
  expect(checked.downloads).toHaveLength(1);
});

test("imageProjects.get() and delete()", async () => {
  const { id } = await client.v1.aiImageGenerator.create({ ...request, imageCount: 1 });
  expect(await client.v1.imageProjects.get({ id })).toMatchObject({ id, status: expect.any(String) });
  await client.v1.imageProjects.delete({ id });
  expect(await failureOf(client.v1.imageProjects.get({ id }))).toMatchObject({
    status: 404,
    message: "Not Found",
  });
});

test("a failed job reaches the caller as Magic Hour tells it", async () => {
  const prompt = "[fault:error-content_policy_violation]";
  const result = await client.v1.aiImageGenerator.generate(
    { ...request, imageCount: 1, style: { prompt } },
    { downloadOutputs: false },
  );
  expect(result).toMatchObject({ status: "error", creditsCharged: 0, error: { code: "content_rejected" } });
});

test("a wrong token is 401 Unauthorized", async () => {
  const stranger = new Client({ token: "wrong", baseUrl: worker.url });
  expect(await failureOf(stranger.v1.imageProjects.get({ id: "x" }))).toMatchObject({
    status: 401,
    message: "Unauthorized",
  });
});

test("an invalid request is 400 with a message", async () => {
  const wrong = client.v1.aiImageGenerator.create({ ...request, imageCount: 99 });
  expect(await failureOf(wrong)).toMatchObject({
    status: 400,
    message: expect.stringContaining("image_count"),
  });
});
