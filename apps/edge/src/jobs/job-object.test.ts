import { abortAllDurableObjects, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { imageGeneratorRequestSchema, type Project } from "@bluehour/contract";
import type { JobOrder } from "@bluehour/core";
import { describe, expect, test } from "vitest";
import { orderJob } from "../order-job.ts";
import { readSettings } from "../settings.ts";
import { call, create, ended, errorOf, OPERATOR, timelineOf } from "../test-api.ts";

const stubOf = (id: string) => env.JOBS.get(env.JOBS.idFromString(id));
const keysOf = async (id: string) => (await env.IMAGES.list({ prefix: id })).objects.map(({ key }) => key);
const typesOf = async (id: string) => (await timelineOf(id)).map(({ type }) => type);

const sha256 = async (response: Response) =>
  new Uint8Array(await crypto.subtle.digest("SHA-256", await response.arrayBuffer())).toHex();

describe.concurrent("a job through a provider that is polled", () => {
  test("ends complete, its images public and as described", async ({ expect }) => {
    const { id, credits_charged } = await create("Cool image", { image_count: 3, orientation: "landscape" });
    expect(credits_charged).toBe(15);
    const project = await ended(id);
    expect(project).toMatchObject({
      status: "complete",
      type: "AI_IMAGE",
      image_count: 3,
      credits_charged: 15,
      total_frame_cost: 15,
      model: "default",
      provider: "magic-hour",
      progress: 1,
      error: null,
      enabled: true,
    });
    expect(project.downloads.map(({ url }) => url)).toEqual(
      [1, 2, 3].map((n) => `https://bluehour.test/images/${id}-${n}.png`),
    );
    for (const download of project.downloads) {
      const file = await call(new URL(download.url).pathname);
      expect(Number(file.headers.get("content-length"))).toBe(download.bytes);
      expect(await sha256(file)).toBe(download.sha256);
    }
    expect(await typesOf(id)).toEqual(
      expect.arrayContaining(["queued", "submitted", "accepted", "polled", "stored", "completed"]),
    );
  });

  test.each([
    ["submits answered 503 are repeated", "[fault:submit-503x2]", "retried"],
    ["a throttled submit waits as told", "[fault:submit-429-wait1]", "throttled"],
    ["a lost answer to a submit is answered by one more", "[fault:submit-drop-after]", "resubmitted"],
    ["a connection dropped before the job was registered too", "[fault:submit-drop]", "resubmitted"],
    ["an answer that is not JSON leaves the outcome unknown", "[fault:submit-garbage]", "resubmitted"],
    ["failed polls are repeated", "[fault:poll-500x2]", "retried"],
    ["garbage to a poll counts as unavailable", "[fault:poll-garbage]", "retried"],
    ["a throttled poll waits as told", "[fault:poll-429-wait1]", "throttled"],
    ["a short download is fetched anew", "[fault:body-short]", "refetched"],
    ["a truncated image is fetched anew", "[fault:body-truncated]", "refetched"],
    ["a page in place of the image is fetched anew", "[fault:body-html]", "refetched"],
    ["an address that has expired is asked for anew", "[fault:expired-url]", "refetched"],
    ["an image without Content-Length is stored", "[fault:body-chunked]", "stored"],
    ["an image of 20 MiB is stored", "[fault:body-large-20]", "stored"],
    ["a status that nobody knows means still running", "[fault:slow-1500]", "polled"],
  ])("%s", async (_, fault, type) => {
    const { id } = await create(fault);
    const project = await ended(id);
    expect(project.error).toBeNull();
    expect(project.status).toBe("complete");
    expect(await typesOf(id)).toContain(type);
    expect(await keysOf(id)).toEqual([`${id}-1.png`]);
  });

  test.each([
    ["a prompt that the provider rejects", "[fault:submit-422]", "invalid_input"],
    ["an image that moderation stops", "[fault:error-content_policy_violation]", "content_rejected"],
    ["a key that the provider does not take", "[fault:submit-401]", "provider_unauthorized"],
    ["a second lost answer", "[fault:submit-dropx2]", "submission_unknown"],
    ["an output that never is an image", "[fault:body-htmlx9]", "bad_output"],
  ])("%s ends in an error, refunded, with nothing in the bucket", async (_, fault, code) => {
    const { id } = await create(fault);
    const project = await ended(id);
    expect(project).toMatchObject({ status: "error", credits_charged: 0, downloads: [], error: { code } });
    expect(await keysOf(id)).toEqual([]);
  });

  test("fewer images than asked: those that came, the rest refunded", async ({ expect }) => {
    const { id } = await create("[fault:fewer-1]", { image_count: 2 });
    const project = await ended(id);
    expect(project).toMatchObject({ status: "complete", credits_charged: 5, image_count: 2 });
    expect(project.downloads).toHaveLength(1);
  });

  test("16 images of 20 MiB are all stored", async ({ expect }) => {
    const { id } = await create("[fault:body-large-20x16]", { image_count: 16 });
    const project = await ended(id);
    expect(project.downloads.map(({ bytes }) => bytes > 20_000_000)).toEqual(Array(16).fill(true));
  });
});

describe.concurrent("cancel and delete", () => {
  test("a canceled job says so at once, is refunded, and cannot be canceled again", async ({ expect }) => {
    const { id } = await create("[fault:slow-60000]");
    const response = await call(`/v1/image-projects/${id}/cancel`, { method: "POST" });
    expect(await response.json<Project>()).toMatchObject({
      status: "canceled",
      credits_charged: 0,
      downloads: [],
    });
    const again = await errorOf(await call(`/v1/image-projects/${id}/cancel`, { method: "POST" }));
    expect(again).toMatchObject({ status: 409, code: "conflict" });
  });

  test("a deleted job is gone: its record, its images, its storage", async ({ expect }) => {
    const { id } = await create("Cool image");
    const { downloads } = await ended(id);
    expect((await call(`/v1/image-projects/${id}`, { method: "DELETE" })).status).toBe(204);
    expect(await keysOf(id)).toEqual([]);
    expect((await call(new URL(downloads[0]?.url ?? "").pathname)).status).toBe(404);
    for (const path of [`/v1/image-projects/${id}`, `/v1/image-projects/${id}/timeline`]) {
      expect((await call(path)).status).toBe(404);
    }
    expect((await call(`/v1/image-projects/${id}`, { method: "DELETE" })).status).toBe(404);
    await expect
      .poll(() =>
        runInDurableObject(stubOf(id), async (_, { storage }) => [...(await storage.list()).keys()]),
      )
      .toEqual([]);
  });

  test("a job deleted while it runs leaves nothing behind either", async ({ expect }) => {
    const { id } = await create("[fault:slow-60000]", { image_count: 2 });
    expect((await call(`/v1/image-projects/${id}`, { method: "DELETE" })).status).toBe(204);
    expect((await call(`/v1/image-projects/${id}`)).status).toBe(404);
    await expect
      .poll(
        () => runInDurableObject(stubOf(id), async (_, { storage }) => [...(await storage.list()).keys()]),
        {
          timeout: 10_000,
        },
      )
      .toEqual([]);
  });

  test.each(["nonsense", "0".repeat(64), "g".repeat(64)])("a job %s that never was is 404", async (id) => {
    expect(await errorOf(await call(`/v1/image-projects/${id}`))).toMatchObject({
      status: 404,
      code: "not_found",
    });
  });
});

describe("memory that is lost", () => {
  test("a job whose object dies while it runs goes on at its alarm", async ({ expect }) => {
    const { id } = await create("[fault:slow-1200]");
    await expect.poll(() => typesOf(id)).toContain("accepted");
    await abortAllDurableObjects();
    const stored = () => env.IMAGES.head(`${id}-1.png`);
    // Nobody asks the job: only its alarm can bring it back.
    await expect.poll(stored, { timeout: 10_000 }).not.toBeNull();
    expect((await ended(id)).status).toBe("complete");
    expect((await typesOf(id)).filter((type) => type === "submitted")).toHaveLength(1);
  });

  test("every live job has its alarm set", async ({ expect }) => {
    const { id } = await create("[fault:slow-60000]");
    await expect.poll(() => typesOf(id)).toContain("accepted");
    const alarm = await runInDurableObject(stubOf(id), (_, { storage }) => storage.getAlarm());
    expect(alarm).not.toBeNull();
    await call(`/v1/image-projects/${id}`, { method: "DELETE" });
  });
});

/** Gives birth to a job whose order differs from what the settings would make it. */
async function born(prompt: string, change: Partial<JobOrder>) {
  const request = imageGeneratorRequestSchema.parse({ image_count: 1, style: { prompt } });
  const now = Date.now();
  const context = { now, seed: 1, idempotencyKey: undefined };
  const { order } = await orderJob(OPERATOR, request, readSettings(env), context);
  const jobId = env.JOBS.newUniqueId();
  const id = jobId.toString();
  const stub = env.JOBS.get(jobId);
  await stub.birth({ ...order, ...change, id });
  return { id, stub };
}

describe.concurrent("what an order says", () => {
  test("at its deadline a job ends as timed out, refunded, and upstream is asked to stop", async ({
    expect,
  }) => {
    const { id } = await born("[fault:slow-60000]", { deadlineAt: Date.now() + 1_500 });
    const project = await ended(id);
    expect(project).toMatchObject({ status: "error", credits_charged: 0, error: { code: "timed_out" } });
    await expect.poll(() => typesOf(id)).toContain("upstream_cancel");
  });

  test("at the end of its retention a job is gone, images and all", async ({ expect }) => {
    const { id, stub } = await born("short-lived", { retentionMs: 1_000 });
    expect((await ended(id)).status).toBe("complete");
    const left = () => runInDurableObject(stub, async (_, { storage }) => (await storage.list()).size);
    await expect.poll(left, { timeout: 10_000 }).toBe(0);
    expect(await keysOf(id)).toEqual([]);
    expect((await call(`/v1/image-projects/${id}`)).status).toBe(404);
  });

  test("under UNKNOWN_SUBMISSION=fail a lost answer is not followed by another submit", async ({
    expect,
  }) => {
    const { id } = await born("[fault:submit-drop-after] once", { unknownSubmission: "fail" });
    const project = await ended(id);
    expect(project).toMatchObject({
      status: "error",
      credits_charged: 0,
      error: { code: "submission_unknown" },
    });
    expect((await typesOf(id)).filter((type) => type === "submitted")).toHaveLength(1);
  });

  test("a route that is out of order hands over to the next", async ({ expect }) => {
    const routes = ["magic-hour", "sketch"].map((provider) => ({
      provider,
      model: "default",
      maxImagesPerCall: 1,
      typicalMs: 1_000,
      idempotent: false,
      pollable: true,
      cancelable: true,
    }));
    const { id } = await born("[fault:submit-401] hand over", { routes });
    expect(await ended(id)).toMatchObject({ status: "complete", provider: "sketch" });
    expect(await typesOf(id)).toContain("fell_back");
  });
});

test("the built-in sketch paints in the shape that was asked for", async ({ expect }) => {
  const { id } = await create("a lighthouse at dusk", { model: "sketch/default", orientation: "landscape" });
  const project = await ended(id);
  expect(project).toMatchObject({ status: "complete", provider: "sketch", model: "sketch/default" });
  expect(project.downloads[0]).toMatchObject({ width: 1024, height: 576, content_type: "image/png" });
});
