import { abortAllDurableObjects, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import type { Project } from "@bluehour/contract";
import { type JobState, RenderMemory } from "@bluehour/core";
import { describe, expect, test, vi } from "vitest";
import { call, create, ended, errorOf, timelineOf } from "../test-api.ts";
import { born, keysOf, leftIn, polledRoute, stubOf, typesOf } from "../test-jobs.ts";
import { firstPollAge } from "./first-poll-age.ts";

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
    expect(project.aspect_ratio).toBe("16:9");
    expect(project.images).toEqual(
      project.downloads.map(({ url, width, height }, index) => ({
        index,
        status: "complete",
        progress: 1,
        download: { url, width, height },
        error: null,
      })),
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

  test("fewer images than asked: those that came, the rest refunded", async ({ expect }) => {
    const { id } = await create("[fault:fewer-1]", { image_count: 2 });
    const project = await ended(id);
    expect(project).toMatchObject({ status: "complete", credits_charged: 5, image_count: 2 });
    expect(project.downloads).toHaveLength(1);
    expect(project.images).toMatchObject([
      { status: "complete", download: { url: project.downloads[0]?.url }, error: null },
      { status: "error", download: null, error: { code: "bad_output" } },
    ]);
  });

  test("images that are ready at the same moment are all taken from memory, none made anew", async ({
    expect,
  }) => {
    const { id } = await create("A lighthouse", { image_count: 4, model: "sketch/default" });
    expect((await ended(id)).downloads).toHaveLength(4);
    expect(await typesOf(id)).not.toContain("refetched");
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
    await expect.poll(() => leftIn(id)).toEqual([]);
  });

  test("a job deleted while it runs leaves nothing behind either", async ({ expect }) => {
    const { id } = await create("[fault:slow-60000]", { image_count: 2 });
    expect((await call(`/v1/image-projects/${id}`, { method: "DELETE" })).status).toBe(204);
    expect((await call(`/v1/image-projects/${id}`)).status).toBe(404);
    await expect
      .poll(() => leftIn(id), {
        timeout: 10_000,
      })
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

describe.concurrent("when a job is woken", () => {
  /** A model of which nothing has been learned. */
  const unseen = (model: string, typicalMs: number) => ({
    routes: [{ ...polledRoute("magic-hour"), model, typicalMs }],
  });

  test("an alarm that is the net of the submit goes off when the first poll will be due", async ({
    expect,
  }) => {
    const { id } = await born("over a net [fault:submit-hang]", unseen("seedream", 4_000));
    const { alarm, state } = await runInDurableObject(stubOf(id), async (_, { storage }) => ({
      alarm: await storage.getAlarm(),
      state: storage.kv.get<JobState>("job"),
    }));
    const [part] = state?.parts ?? [];
    if (!state || !part?.submittedAt) throw new Error("The job has not submitted");
    expect(part.phase).toBe("submitting");
    const early = part.submittedAt + (firstPollAge(state.order, new RenderMemory()) ?? 0) - (alarm ?? 0);
    expect(early).toBeLessThan(20);
    expect(early).toBeGreaterThanOrEqual(0);
    await call(`/v1/image-projects/${id}`, { method: "DELETE" });
  });

  test("polls close to each other are waited for in memory, under one alarm", async ({ expect }) => {
    const { id } = await born("[fault:slow-1500]", unseen("flux-schnell", 800));
    const alarms = await runInDurableObject(stubOf(id), (job) => vi.spyOn(job, "alarm"));
    await ended(id);
    const polled = (await timelineOf(id)).find(({ type }) => type === "polled");
    expect(polled?.["count"]).toBeGreaterThan(2);
    expect(alarms.mock.calls.length).toBeLessThan(2);
  });
});

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
});

test("the built-in sketch paints in the shape that was asked for", async ({ expect }) => {
  const { id } = await create("a lighthouse at dusk", { model: "sketch/default", orientation: "landscape" });
  const project = await ended(id);
  expect(project).toMatchObject({ status: "complete", provider: "sketch", model: "sketch/default" });
  expect(project.downloads[0]).toMatchObject({ width: 1024, height: 576, content_type: "image/png" });
});
