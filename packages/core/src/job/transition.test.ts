import { describe, expect, test } from "vitest";
import {
  HEARTBEAT_MS,
  MAX_CANCEL_ATTEMPTS,
  MAX_CRASHES,
  MAX_POLL_STRIKES,
  MAX_STORE_ATTEMPTS,
  MAX_TRIES,
} from "./limits.ts";
import { type JobState, openJob, readSnapshot } from "./state.ts";
import { Lead, output, plan, unavailable, unknown } from "./test-lead.ts";
import { testOrder, testRoute } from "./test-order.ts";
import { wakeTime } from "./wake-time.ts";

test("one image: submitted, polled, stored, complete, settled", () => {
  const job = new Lead();
  expect(job.summary.status).toBe("queued");
  job.accept();
  expect(job.summary).toMatchObject({ status: "rendering", provider: "painter", startedAt: 0 });
  job.wake().paint().store();
  expect(job.summary).toMatchObject({
    status: "complete",
    images: [{ status: "complete", output: output(0) }],
    creditsCharged: 5,
    creditsRefunded: 0,
    progress: 1,
  });
  expect(job.take("settle").settlement).toEqual({
    jobId: "job",
    status: "complete",
    creditsRefunded: 0,
    deleted: false,
  });
  expect(job.types).toEqual(["queued", "submitted", "accepted", "polled", "stored", "completed"]);
});

test("a provider that paints while we wait brings the images with the submit", () => {
  const job = new Lead({ routes: [testRoute({ pollable: false })] });
  const { part, call } = job.take("submit");
  job.say({
    type: "submit-succeeded",
    part,
    call,
    answer: { status: "done", images: [{ kind: "held", token: "a" }] },
  });
  expect(job.take("store").source).toEqual({ kind: "held", token: "a" });
});

test("images are shared out over as many parts as calls are needed", () => {
  const job = new Lead({ imageCount: 7, routes: [testRoute({ maxImagesPerCall: 4 })] });
  const submits = job.effects.filter((effect) => effect.type === "submit");
  expect(submits.map(({ image }) => [image.firstIndex, image.count])).toEqual([
    [0, 4],
    [4, 3],
  ]);
  expect(new Set(submits.map(({ idempotencyKey }) => idempotencyKey)).size).toBe(2);
});

test("the intent to submit is in the state before the submit is sent", () => {
  const job = new Lead();
  expect(job.state.parts[0]).toMatchObject({ phase: "submitting", submits: 1 });
  expect(job.state.revision).toBeGreaterThan(1);
});

test("a poll that changes nothing needs no write", () => {
  const job = new Lead().accept();
  const { revision } = job.state;
  job.wake();
  const { part, call } = job.take("poll");
  job.say({ type: "poll-succeeded", part, call, answer: { status: "running", progress: 0.5, plan } });
  expect(job.state.revision).toBe(revision);
  expect(job.summary.progress).toBe(0.5);
});

describe("a submit that fails", () => {
  test("rejected ends the part at once and refunds it", () => {
    const job = new Lead().refuse({ kind: "rejected", rejection: "content_rejected", reason: "no" });
    expect(job.summary).toMatchObject({
      status: "error",
      failure: { code: "content_rejected", reason: "no" },
      creditsRefunded: 5,
    });
  });

  test("throttled waits at least as long as told, and a tenth more at most", () => {
    const job = new Lead().refuse({ kind: "throttled", reason: "429", retryAfterMs: 10_000 });
    expect(wakeTime(job.state)).toBeGreaterThanOrEqual(10_000);
    expect(wakeTime(job.state)).toBeLessThanOrEqual(11_000);
    job.wake().accept();
    expect(job.types).toContain("throttled");
  });

  test("throttled past the deadline goes to the next route", () => {
    const job = new Lead({ routes: [testRoute(), testRoute({ provider: "other" })] });
    job.refuse({ kind: "throttled", reason: "429", retryAfterMs: 700_000 });
    expect(job.take("submit").route.provider).toBe("other");
  });

  test("unavailable backs off, then falls to the next route, then fails", () => {
    const job = new Lead({ routes: [testRoute(), testRoute({ provider: "other" })] });
    const waits: number[] = [];
    for (let attempt = 1; attempt < MAX_TRIES; attempt++) {
      job.refuse(unavailable);
      waits.push(wakeTime(job.state) - job.now);
      job.wake();
    }
    expect([...waits].sort((a, b) => a - b)).toEqual(waits);
    job.refuse(unavailable);
    for (let attempt = 1; attempt < MAX_TRIES; attempt++) {
      expect(job.effects.find((effect) => effect.type === "submit")?.route.provider).toBe("other");
      job.refuse(unavailable).wake();
    }
    job.refuse(unavailable);
    expect(job.summary).toMatchObject({ status: "error", failure: { code: "provider_unavailable" } });
    expect(job.types.filter((type) => type === "fell_back")).toHaveLength(1);
  });

  test("unauthorized goes to the next route at once", () => {
    const job = new Lead({ routes: [testRoute(), testRoute({ provider: "other" })] });
    job.refuse({ kind: "unauthorized", reason: "401" });
    expect(job.take("submit").route.provider).toBe("other");
  });

  test("unauthorized everywhere says so", () => {
    const job = new Lead().refuse({ kind: "unauthorized", reason: "401" });
    expect(job.summary.failure?.code).toBe("provider_unauthorized");
  });

  test("a route that paints fewer images a call gets more parts", () => {
    const job = new Lead({
      imageCount: 3,
      routes: [testRoute({ maxImagesPerCall: 4 }), testRoute({ provider: "other" })],
    });
    job.refuse({ kind: "unauthorized", reason: "401" });
    expect(
      job.effects.filter((effect) => effect.type === "submit").map(({ image }) => image.firstIndex),
    ).toEqual([0, 1, 2]);
  });
});

describe("a submit whose outcome is unknown", () => {
  test("is sent once more, never twice more, and the timeline says so", () => {
    const job = new Lead().refuse(unknown).wake().refuse(unknown);
    expect(job.summary.failure?.code).toBe("submission_unknown");
    expect(job.state.parts[0]?.submits).toBe(2);
    expect(job.state.timeline.find(({ type }) => type === "resubmitted")?.reason).toContain("paid twice");
  });

  test("ends the part under the setting fail, refunded", () => {
    const job = new Lead({ unknownSubmission: "fail" }).refuse(unknown);
    expect(job.summary).toMatchObject({ failure: { code: "submission_unknown" }, creditsRefunded: 5 });
    expect(job.state.parts[0]?.submits).toBe(1);
  });

  test("a known failure gets another idempotency key", () => {
    const job = new Lead({ routes: [testRoute({ idempotent: true })] });
    const { idempotencyKey, part, call } = job.take("submit");
    job.say({ type: "submit-failed", part, call, failure: unavailable }).wake();
    expect(job.take("submit").idempotencyKey).not.toBe(idempotencyKey);
  });

  test("is what a crash during the submit leaves behind", () => {
    const job = new Lead();
    job.crash().wake().accept();
    expect(job.types).toContain("resubmitted");
    expect(job.state.parts[0]?.submits).toBe(2);
  });
});

describe("polling", () => {
  test("a failed poll is repeated and leaves the operation alone", () => {
    const job = new Lead().accept().wake();
    const { part, call } = job.take("poll");
    job.say({ type: "poll-failed", part, call, failure: unavailable }).wake().paint().store();
    expect(job.summary.status).toBe("complete");
    expect(job.state.parts[0]?.submits).toBe(1);
  });

  test("polls that keep failing give the operation up", () => {
    const job = new Lead().accept();
    for (let strike = 0; strike < MAX_POLL_STRIKES; strike++) {
      job.wake();
      const { part, call } = job.take("poll");
      job.say({ type: "poll-failed", part, call, failure: unavailable });
    }
    expect(job.summary.failure?.code).toBe("provider_unavailable");
  });

  test("an operation that ended unavailable is submitted anew", () => {
    const job = new Lead().accept().wake();
    const { part, call } = job.take("poll");
    job
      .say({ type: "poll-succeeded", part, call, answer: { status: "failed", failure: unavailable } })
      .wake();
    job.accept().wake().paint().store();
    expect(job.summary.status).toBe("complete");
  });

  test("a crash during a poll asks again", () => {
    const job = new Lead().accept().wake();
    job.crash().paint().store();
    expect(job.summary.status).toBe("complete");
  });
});

describe("storing", () => {
  test("a bad output is fetched anew with a fresh address before it fails", () => {
    const job = new Lead().accept();
    for (let attempt = 1; attempt <= MAX_STORE_ATTEMPTS; attempt++) {
      job.wake().paint();
      const { part, image, call } = job.take("store");
      job.say({ type: "store-failed", part, image, call, reason: "short" });
    }
    expect(job.summary).toMatchObject({
      status: "error",
      failure: { code: "bad_output" },
      creditsRefunded: 5,
    });
    expect(job.types.filter((type) => type === "refetched")).toHaveLength(MAX_STORE_ATTEMPTS - 1);
  });

  test("a provider that cannot be asked again is fetched from the same address", () => {
    const job = new Lead({ routes: [testRoute({ pollable: false })] });
    const submit = job.take("submit");
    const answer = { status: "done" as const, images: [{ kind: "url" as const, url: "https://x/1" }] };
    job.say({ type: "submit-succeeded", part: submit.part, call: submit.call, answer });
    const { part, image, call } = job.take("store");
    job.say({ type: "store-failed", part, image, call, reason: "reset" }).wake().store();
    expect(job.summary.status).toBe("complete");
    expect(job.state.parts[0]?.submits).toBe(1);
  });

  test("a crash while storing stores again, and submits nothing", () => {
    const job = new Lead({ imageCount: 2, routes: [testRoute({ maxImagesPerCall: 2 })] })
      .accept()
      .wake()
      .paint(2);
    job.store();
    job.crash().wake().paint(2).store();
    expect(job.summary.status).toBe("complete");
    expect(job.outputs).toEqual([output(0), output(1)]);
    expect(job.state.parts[0]?.submits).toBe(1);
  });

  test("of what was polled is not written down: after a crash the provider is asked again", () => {
    const job = new Lead().accept().wake();
    const { revision } = job.state;
    job.paint();
    expect(job.summary.progress).toBe(1);
    expect(job.state.revision).toBe(revision);
    job.crash();
    expect(job.state.parts[0]?.phase).toBe("running");
    job.wake().paint().store();
    expect(job.types).toEqual(["queued", "submitted", "accepted", "polled", "stored", "completed"]);
  });

  test("of a provider that calls back goes on soon after a crash, though it is polled late", () => {
    const job = new Lead({ routes: [testRoute({ callsBack: true })] }).accept();
    const late = wakeTime(job.state);
    job.now = 1_000;
    job.say({ type: "poked", part: 0 }).paint().crash();
    expect(wakeTime(job.state)).toBeLessThan(job.now + HEARTBEAT_MS);
    expect(late).toBeGreaterThan(job.now + HEARTBEAT_MS);
    job.wake().paint().store();
    expect(job.summary.status).toBe("complete");
  });

  test("bytes lost in a crash, of a provider that cannot be asked again, are an unknown outcome", () => {
    const job = new Lead({ routes: [testRoute({ pollable: false })], unknownSubmission: "fail" });
    const { part, call } = job.take("submit");
    job.say({
      type: "submit-succeeded",
      part,
      call,
      answer: { status: "done", images: [{ kind: "held", token: "a" }] },
    });
    job.crash();
    expect(job.summary.failure?.code).toBe("submission_unknown");
  });

  test("fewer images than asked: the rest is refunded and left out", () => {
    const job = new Lead({ imageCount: 4, routes: [testRoute({ maxImagesPerCall: 4 })] })
      .accept()
      .wake()
      .paint(3);
    job.store().store().store();
    expect(job.summary).toMatchObject({ status: "complete", creditsRefunded: 5 });
    expect(job.outputs).toHaveLength(3);
  });
});

test("an image whose store died with its process, and that is then given up, is removed all the same", () => {
  const job = new Lead({
    imageCount: 2,
    unknownSubmission: "fail",
    routes: [testRoute({ pollable: false })],
  });
  const answer = { status: "done" as const, images: [{ kind: "held" as const, token: "a" }] };
  for (const _part of [0, 1]) {
    const { part, call } = job.take("submit");
    job.say({ type: "submit-succeeded", part, call, answer });
  }
  const dying = job.take("store");
  expect(dying.image).toBe(0);
  job.store().crash();
  expect(job.summary).toMatchObject({ status: "complete", creditsRefunded: 5 });
  expect(job.outputs).toHaveLength(1);
  expect(job.take("remove-outputs").images).toEqual([0]);
});

test("partial success: one of four parts rejected gives three images and a refund", () => {
  const job = new Lead({ imageCount: 4 });
  job
    .refuse({ kind: "rejected", rejection: "content_rejected", reason: "no" })
    .accept()
    .accept()
    .accept()
    .wake();
  job.paint().store().paint().store().paint().store();
  expect(job.summary).toMatchObject({
    status: "complete",
    creditsCharged: 20,
    creditsRefunded: 5,
    failure: null,
  });
  expect(job.outputs).toHaveLength(3);
  expect(job.state.timeline).toContainEqual(expect.objectContaining({ type: "part_failed", part: 0 }));
});

describe("cancel", () => {
  test("before the submit: nothing is sent", () => {
    const job = new Lead().refuse(unavailable).say({ type: "cancel-requested" });
    expect(job.summary).toMatchObject({ status: "canceled", creditsRefunded: 5 });
    expect(job.effects.map(({ type }) => type)).toEqual(["settle", "remove-outputs"]);
  });

  test.each([
    ["canceled", "canceled"],
    ["too_late", "too_late"],
    ["unknown", "unknown"],
  ] as const)(
    "while running: upstream is asked to stop, and its answer %s is recorded",
    (outcome, recorded) => {
      const job = new Lead().accept().say({ type: "cancel-requested" });
      const { operation, duty, call } = job.take("cancel-upstream");
      expect(operation).toEqual({ id: 0 });
      job.say({ type: "duty-succeeded", duty, call, outcome });
      expect(job.state.timeline.at(-1)).toMatchObject({ type: "upstream_cancel", outcome: recorded });
    },
  );

  test("an upstream that cannot be reached ends as unknown", () => {
    const job = new Lead().accept().say({ type: "cancel-requested" }).settle();
    const removal = job.take("remove-outputs");
    job.say({ type: "duty-succeeded", duty: removal.duty, call: removal.call });
    for (let attempt = 0; attempt < MAX_CANCEL_ATTEMPTS; attempt++) {
      if (attempt > 0) job.wake();
      const { duty, call } = job.take("cancel-upstream");
      job.say({ type: "duty-failed", duty, call, reason: "503" });
    }
    expect(job.state.timeline.at(-1)).toMatchObject({ type: "upstream_cancel", outcome: "unknown" });
    expect(job.state.duties).toEqual([]);
  });

  test("during the submit: what it starts is stopped", () => {
    const job = new Lead();
    const { part, call } = job.take("submit");
    job.say({ type: "cancel-requested" });
    expect(job.summary.status).toBe("canceled");
    job.say({ type: "submit-succeeded", part, call, answer: { status: "running", operation: "late", plan } });
    expect(job.take("cancel-upstream").operation).toBe("late");
  });

  test("during a store: the image that still arrives is removed", () => {
    const job = new Lead().accept().wake().paint();
    const { part, image, call } = job.take("store");
    job.say({ type: "cancel-requested" });
    job.take("remove-outputs");
    job.say({ type: "store-succeeded", part, image, call, output: output(0) });
    expect(job.take("remove-outputs").images).toEqual([0]);
    expect(job.outputs).toEqual([]);
  });

  test("after the end changes nothing", () => {
    const job = new Lead().accept().wake().paint().store();
    const before = job.state;
    expect(job.say({ type: "cancel-requested" }).state).toBe(before);
  });
});

describe("the deadline", () => {
  test("ends a job without images as timed out, refunds it and stops upstream", () => {
    const job = new Lead().accept();
    job.now = 600_000;
    job.say({ type: "woke" });
    expect(job.summary).toMatchObject({
      status: "error",
      failure: { code: "timed_out" },
      creditsRefunded: 5,
    });
    job.take("cancel-upstream");
  });

  test("keeps what is finished by then", () => {
    const job = new Lead({ imageCount: 2 }).accept().accept().wake().paint().store();
    job.now = 600_000;
    job.say({ type: "woke" });
    expect(job.summary).toMatchObject({ status: "complete", creditsRefunded: 5 });
    expect(job.outputs).toEqual([output(0)]);
  });
});

describe("delete", () => {
  test("removes the outputs, tells the account, then erases the job", () => {
    const job = new Lead().accept().wake().paint().store().settle().say({ type: "delete-requested" });
    const removal = job.take("remove-outputs");
    expect(job.take("settle").settlement).toMatchObject({
      status: "complete",
      creditsRefunded: 0,
      deleted: true,
    });
    expect(removal.images).toEqual([0]);
    for (const { id, call } of job.state.duties)
      job.say({ type: "duty-succeeded", duty: id, call: call ?? -1 });
    job.take("erase");
  });

  test("of a running job cancels it first, refunds it, and erases it only when upstream has answered", () => {
    const job = new Lead();
    const { part, call } = job.take("submit");
    job.say({ type: "delete-requested" });
    for (const duty of job.state.duties)
      job.say({ type: "duty-succeeded", duty: duty.id, call: duty.call ?? -1 });
    expect(job.effects.some((effect) => effect.type === "erase")).toBe(false);
    expect(job.summary.creditsRefunded).toBe(5);
    job.say({ type: "submit-failed", part, call, failure: unknown });
    job.take("erase");
  });

  test("comes by itself at the end of the retention", () => {
    const job = new Lead().accept().wake().paint().store().settle();
    job.wake();
    expect(job.now).toBe(job.summary.expiresAt);
    expect(job.state.deletedAt).toBe(job.now);
    job.take("remove-outputs");
  });

  test("at the end of the retention is not written down, since it follows from the clock, after a crash too", () => {
    const job = new Lead().accept().wake().paint().store().settle();
    const stored = job.state;
    const end = () => {
      job.wake();
      const { duties } = job.state;
      for (const { id, call } of duties) job.say({ type: "duty-succeeded", duty: id, call: call ?? -1 });
      job.take("erase");
    };
    end();
    expect(job.state.revision).toBe(stored.revision);
    job.state = stored;
    job.crash();
    end();
  });
});

describe("a job that kills its process", () => {
  test("is sealed as internal and refunded after a few crashes without progress", () => {
    const job = new Lead({ routes: [testRoute({ pollable: false })] });
    const { part, call } = job.take("submit");
    const answer = { status: "done" as const, images: [{ kind: "url" as const, url: "https://x/1" }] };
    job.say({ type: "submit-succeeded", part, call, answer });
    for (let crash = 1; crash < MAX_CRASHES; crash++) {
      job.crash();
      expect(job.summary.status).toBe("rendering");
      job.wake().take("store");
    }
    job.crash();
    expect(job.summary).toMatchObject({ status: "error", failure: { code: "internal" }, creditsRefunded: 5 });
    job.take("remove-outputs");
  });

  test("by storing what was polled, which nobody wrote down, is ended at its deadline at the latest", () => {
    const job = new Lead().accept();
    const { deadlineAt } = job.state.order;
    while (job.now < deadlineAt) {
      job.wake();
      if (!job.summary.failure) job.paint().crash();
    }
    expect(job.summary).toMatchObject({
      status: "error",
      failure: { code: "timed_out" },
      creditsRefunded: 5,
    });
    job.take("remove-outputs");
  });

  test("is not blamed while it makes progress", () => {
    const job = new Lead({ imageCount: 9, routes: [testRoute({ maxImagesPerCall: 9 })] }).accept();
    for (let image = 0; image < 9; image++) {
      job.wake().paint(9).store();
      job.crash();
    }
    expect(job.summary).toMatchObject({ status: "complete", creditsRefunded: 0 });
  });

  test("is not blamed while it waits, for a look-up or for anything else", () => {
    const job = new Lead({ routes: [testRoute({ findable: true })] }).refuse(unknown);
    const crashOften = () => {
      for (let crash = 0; crash < 2 * MAX_CRASHES; crash++) {
        job.crash();
      }
    };
    crashOften();
    expect(job.summary.status).toBe("queued");
    job.find("running");
    crashOften();
    expect(job.summary.status).toBe("rendering");
  });

  test("is sealed before the platform gives its alarm up", () => {
    const job = new Lead().accept().say({ type: "alarm-kept-failing" });
    expect(job.summary.failure?.code).toBe("internal");
    job.take("cancel-upstream");
  });
});

test("a duty that fails is repeated until it succeeds", () => {
  const job = new Lead().accept().wake().paint().store();
  for (let attempt = 0; attempt < 20; attempt++) {
    const { duty, call } = job.take("settle");
    job.say({ type: "duty-failed", duty, call, reason: "overloaded" }).wake();
  }
  job.settle();
  expect(job.state.duties).toEqual([]);
});

test("a snapshot of an unknown version is refused", () => {
  const future = { ...openJob(testOrder(), 0), version: 2 } as unknown as JobState;
  expect(() => readSnapshot(future)).toThrow("version 2");
});
