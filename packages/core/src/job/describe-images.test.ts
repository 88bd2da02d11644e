import fc from "fast-check";
import { expect, test } from "vitest";
import { fail, live, lives, runs } from "../../test/lives.ts";
import { summarize } from "./describe-job.ts";
import { Lead, output, plan } from "./test-lead.ts";
import { testRoute } from "./test-order.ts";

const waiting = { status: "queued", progress: null, output: null, failure: null };
const stored = (index: number) => ({
  status: "complete",
  progress: 1,
  output: output(index),
  failure: null,
});

/** Tells how far the oldest poll has found its part to be. */
function progressTo(job: Lead, progress: number): void {
  const { part, call } = job.take("poll");
  job.say({ type: "poll-succeeded", part, call, answer: { status: "running", progress, plan } });
}

test("images go their own ways: each has the progress of its call, and is seen as soon as it is stored", () => {
  const job = new Lead({ imageCount: 3 });
  expect(job.summary.images).toEqual([waiting, waiting, waiting]);
  job.accept().accept().wake();
  progressTo(job, 0.2);
  job.paint().store();
  expect(job.summary).toMatchObject({ status: "rendering", completedAt: null });
  expect(job.summary.images).toEqual([
    { ...waiting, status: "rendering", progress: 0.2 },
    stored(1),
    waiting,
  ]);
});

test("images of one call share its progress, and are stored one by one", () => {
  const job = new Lead({ imageCount: 3, routes: [testRoute({ maxImagesPerCall: 2 })] });
  job.accept().wake();
  progressTo(job, 0.5);
  expect(job.summary.images.map(({ progress }) => progress)).toEqual([0.5, 0.5, null]);
  job.wake();
  job.paint(2).store();
  expect(job.summary.images).toEqual([stored(0), { ...waiting, status: "rendering", progress: 1 }, waiting]);
});

test("an image that fails among others says why, then and at the end", () => {
  const job = new Lead({ imageCount: 2 }).refuse({
    kind: "rejected",
    rejection: "content_rejected",
    reason: "no",
  });
  const failed = { ...waiting, status: "error", failure: { code: "content_rejected", reason: "no" } };
  expect(job.summary.images).toEqual([failed, waiting]);
  job.accept().wake().paint().store();
  expect(job.summary).toMatchObject({ status: "complete", failure: null, images: [failed, stored(1)] });
});

test("what is not there by the deadline has timed out", () => {
  const job = new Lead({ imageCount: 2 }).accept().accept().wake().paint().store();
  job.now = 600_000;
  job.say({ type: "woke" });
  expect(job.summary.images).toMatchObject([
    stored(0),
    { status: "error", output: null, failure: { code: "timed_out" } },
  ]);
});

test("of a canceled job no image is left to see, whatever was stored", () => {
  const job = new Lead({ imageCount: 2 }).accept().accept().wake().paint().store();
  job.say({ type: "cancel-requested" });
  const canceled = { ...waiting, status: "canceled" };
  expect(job.summary.images).toEqual([canceled, canceled]);
  expect(job.take("remove-outputs").images).toEqual([0, 1]);
});

test("a failed job's images have failed as it has, or on their own", () => {
  const job = new Lead({ imageCount: 2 }).refuse({
    kind: "rejected",
    rejection: "content_rejected",
    reason: "no",
  });
  job.now = 600_000;
  job.say({ type: "woke" });
  expect(job.summary.images.map(({ status, failure }) => [status, failure?.code])).toEqual([
    ["error", "content_rejected"],
    ["error", "timed_out"],
  ]);
});

test("whatever happens, the images are told of in full, in their order, and as the job is", () => {
  fc.assert(
    fc.property(lives, ([order, choices]) => {
      live(order, choices, (before, event, after) => {
        const { status, images } = summarize(after);
        const told = `${JSON.stringify(images)} of a job that is ${status} after ${event.type}`;
        if (images.length !== order.image.imageCount) fail(told);
        images.forEach((image, index) => {
          if ((image.output !== null) !== (image.status === "complete")) fail(told);
          if (image.output && image.output.key !== `${index}`) fail(told);
          if ((image.failure !== null) !== (image.status === "error")) fail(told);
        });
        const statuses = images.map((image) => image.status);
        if (status === "complete" && !statuses.every((each) => each === "complete" || each === "error"))
          fail(told);
        if (status === "error" && !statuses.every((each) => each === "error")) fail(told);
        if (status === "canceled" && !statuses.every((each) => each === "canceled")) fail(told);
        if (before.outcome && JSON.stringify(images) !== JSON.stringify(summarize(before).images))
          fail(`changed after the end: ${told}`);
      });
    }),
    runs,
  );
});

test("what can be seen of a job that has ended is not removed, and all else is", () => {
  fc.assert(
    fc.property(lives, ([order, choices]) => {
      const { state } = live(order, choices, () => undefined);
      if (!state.outcome || state.deletedAt !== null) return;
      const { images } = summarize(state);
      const removed = state.duties.flatMap((duty) => (duty.kind === "remove-outputs" ? duty.images : []));
      for (const index of removed) if (images[index]?.output) fail(`image ${index} is removed`);
    }),
    runs,
  );
});
