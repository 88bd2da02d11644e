import { abortAllDurableObjects, runInDurableObject } from "cloudflare:test";
import { describe, expect, test } from "vitest";
import { MAX_ALARM_RETRIES } from "../alarm.ts";
import { call, create, ended, timelineOf } from "../test-api.ts";
import { born, keysOf, leftIn, polledRoute, stubOf, typesOf } from "../test-jobs.ts";

/*
 * Everything that a provider, a network or a dying process can do to a job, one test each, through the real Worker
 * against a fake provider over HTTP. docs/guides/faults.md tells the same as prose.
 */

/** Two routes, so that there is somewhere to go. */
const routes = [polledRoute("magic-hour"), polledRoute("sketch")];

describe.concurrent("faults that a job survives", () => {
  test.each([
    ["a throttled submit waits as told", "[fault:submit-429-wait1]", "throttled"],
    ["a throttled poll waits as told", "[fault:poll-429-wait1]", "throttled"],
    ["submits answered 5xx are repeated", "[fault:submit-503x2]", "retried"],
    ["polls answered 5xx are repeated", "[fault:poll-500x2]", "retried"],
    ["a poll whose connection is reset is repeated", "[fault:poll-cut]", "retried"],
    ["a garbage answer to a poll counts as unavailable", "[fault:poll-garbage]", "retried"],
    ["a submit whose connection is reset has an unknown outcome", "[fault:submit-drop]", "resubmitted"],
    ["a submit whose answer is lost has one too", "[fault:submit-drop-after]", "resubmitted"],
    ["a garbage answer to a submit has one too", "[fault:submit-garbage]", "resubmitted"],
    ["a short download is fetched anew", "[fault:body-short]", "refetched"],
    ["a truncated image is fetched anew", "[fault:body-truncated]", "refetched"],
    ["a page in place of the image is fetched anew", "[fault:body-html]", "refetched"],
    ["an oversized image is fetched anew", "[fault:body-large-65]", "refetched"],
    ["an address that has expired is asked for anew", "[fault:expired-url]", "refetched"],
    ["a download answered 5xx is fetched anew", "[fault:download-503]", "refetched"],
    ["an image without Content-Length is stored", "[fault:body-chunked]", "stored"],
    ["an image of 20 MiB is stored", "[fault:body-large-20]", "stored"],
    ["a slow one is waited for", "[fault:slow-1500]", "polled"],
  ])("%s", async (_, fault, type) => {
    const { id } = await create(fault);
    const project = await ended(id);
    expect(project.error).toBeNull();
    expect(project.status).toBe("complete");
    expect(await typesOf(id)).toContain(type);
    expect(await keysOf(id)).toEqual([`${id}-1.png`]);
  });

  test("throttling is obeyed to the second", async ({ expect }) => {
    const { id } = await create("[fault:submit-429-wait2]");
    await ended(id);
    const timeline = await timelineOf(id);
    const at = (type: string, nth: number) =>
      Date.parse(`${timeline.filter((entry) => entry.type === type)[nth]?.at}`);
    const waited = at("submitted", 1) - at("throttled", 0);
    expect(waited).toBeGreaterThanOrEqual(2_000);
    expect(waited).toBeLessThan(3_000);
  });

  test.each([
    ["a key that the provider does not take", "[fault:submit-401x9]"],
    ["credits that have run out", "[fault:submit-402x9]"],
    ["submits that keep failing", "[fault:submit-503x9]"],
    ["operations that keep failing", "[fault:error-unknown_error]"],
    ["operations that the provider forgets", "[fault:vanish]"],
    ["operations that the provider cancels", "[fault:canceled]"],
  ])("%s: the next route takes over", async (_, fault) => {
    const { id } = await born(fault, { routes });
    expect(await ended(id)).toMatchObject({ status: "complete", provider: "sketch" });
    expect(await typesOf(id)).toContain("fell_back");
  });
});

describe.concurrent("faults that end a job, refunded, with nothing in the bucket", () => {
  test.each([
    ["an input that the provider rejects", "[fault:submit-422]", "invalid_input", 1],
    ["an image that moderation stops", "[fault:error-content_policy_violation]", "content_rejected", 1],
    ["a key that the provider does not take", "[fault:submit-401]", "provider_unauthorized", 1],
    ["submits that keep failing", "[fault:submit-503x9]", "provider_unavailable", 4],
    ["a second lost answer", "[fault:submit-dropx2]", "submission_unknown", 2],
    ["an output that never is an image", "[fault:body-htmlx9]", "bad_output", 1],
  ])("%s", async (_, fault, code, submits) => {
    const { id } = await create(fault);
    const project = await ended(id);
    expect(project).toMatchObject({ status: "error", credits_charged: 0, downloads: [], error: { code } });
    expect((await typesOf(id)).filter((type) => type === "submitted")).toHaveLength(submits);
    expect(await keysOf(id)).toEqual([]);
  });
});

test("one of four parts rejected: three images, the fourth refunded and named", async () => {
  const { id, credits_charged } = await create("one of four [fault:submit-422]", {
    image_count: 4,
    model: "magic-hour/nano-banana-pro",
  });
  const project = await ended(id);
  expect(project.status).toBe("complete");
  expect(project.downloads).toHaveLength(3);
  expect(project.credits_charged).toBe((credits_charged * 3) / 4);
  expect(await keysOf(id)).toHaveLength(3);
  const failed = (await timelineOf(id)).filter(({ type }) => type === "part_failed" || type === "refunded");
  expect(failed).toEqual([
    expect.objectContaining({ type: "part_failed", part: expect.any(Number) }),
    expect.objectContaining({ type: "refunded", count: credits_charged / 4 }),
  ]);
});

describe.concurrent("cancel and delete", () => {
  test("an output that arrives after the cancel is not stored", async ({ expect }) => {
    const { id } = await create("[fault:body-large-30]");
    await expect.poll(() => typesOf(id)).toContain("polled");
    const canceled = await call(`/v1/image-projects/${id}/cancel`, { method: "POST" });
    expect(canceled.status).toBe(200);
    await expect.poll(() => typesOf(id)).toContain("part_canceled");
    expect(await keysOf(id)).toEqual([]);
  });

  test("a delete while an output arrives leaves no object and no state", async ({ expect }) => {
    const { id } = await create("[fault:body-large-30]");
    await expect.poll(() => typesOf(id)).toContain("polled");
    expect((await call(`/v1/image-projects/${id}`, { method: "DELETE" })).status).toBe(204);
    await expect.poll(() => leftIn(id), { timeout: 10_000 }).toEqual([]);
    expect(await keysOf(id)).toEqual([]);
  });
});

describe("a process that dies", () => {
  test("what was polled is asked for anew after each death; a job whose alarm keeps failing is sealed, refunded, and lets go", async () => {
    const { id } = await create("[fault:download-hangx20]");
    for (let retryCount = 1; retryCount <= MAX_ALARM_RETRIES; retryCount++) {
      await expect.poll(() => typesOf(id), { timeout: 15_000 }).toContain("polled");
      await abortAllDurableObjects();
      expect(await typesOf(id)).not.toContain("polled");
      // As the platform does after a while, longer each time.
      await runInDurableObject(stubOf(id), (job) => {
        void job.alarm({ isRetry: true, retryCount, scheduledTime: Date.now() });
      });
    }
    expect(await ended(id)).toMatchObject({
      status: "error",
      credits_charged: 0,
      error: { code: "internal" },
    });
    expect(await keysOf(id)).toEqual([]);
  });
});
