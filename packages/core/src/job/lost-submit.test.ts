import { describe, expect, test } from "vitest";
import { MAX_FINDS, MIN_ABSENCES } from "./limits.ts";
import { Lead, unavailable, unknown } from "./test-lead.ts";
import { testRoute } from "./test-order.ts";

const idempotent = (order = {}) => new Lead({ routes: [testRoute({ idempotent: true })], ...order });
const findable = (order = {}) => new Lead({ routes: [testRoute({ findable: true })], ...order });

describe("a lost submit to a provider that takes idempotency keys", () => {
  test("is sent again under the same key, whatever the setting", () => {
    const job = idempotent({ unknownSubmission: "fail" });
    const { idempotencyKey, part, call } = job.take("submit");
    job.say({ type: "submit-failed", part, call, failure: unknown }).wake();
    expect(job.take("submit").idempotencyKey).toBe(idempotencyKey);
  });

  test("keeps its key through answers that tell nothing of the first", () => {
    const job = idempotent();
    const { idempotencyKey, part, call } = job.take("submit");
    job.say({ type: "submit-failed", part, call, failure: unknown }).wake().refuse(unavailable).wake();
    job.refuse({ kind: "throttled", reason: "429", retryAfterMs: 7_000 });
    const throttledAt = job.now;
    expect(job.wake().now - throttledAt).toBeGreaterThanOrEqual(7_000);
    expect(job.take("submit").idempotencyKey).toBe(idempotencyKey);
    expect(job.types).not.toContain("resubmitted");
  });

  test("ends as the setting says when the key never gets an answer", () => {
    const job = idempotent({ unknownSubmission: "fail" }).refuse(unknown);
    for (let again = 0; again < MAX_FINDS; again++) job.wake().refuse(unavailable);
    expect(job.summary).toMatchObject({ failure: { code: "submission_unknown" }, creditsRefunded: 5 });
  });
});

describe("a lost submit to a provider that can be asked", () => {
  test("is looked up, and goes on as what was found", () => {
    const job = findable({ unknownSubmission: "fail" });
    const { idempotencyKey, part, call } = job.take("submit");
    job.say({ type: "submit-failed", part, call, failure: unknown }).wake();
    expect(job.effects.find(({ type }) => type === "find")).toMatchObject({ idempotencyKey });
    job.find("running").wake().paint().store();
    expect(job.summary.status).toBe("complete");
    expect(job.state.parts[0]?.submits).toBe(1);
    expect(job.state.timeline).toContainEqual(
      expect.objectContaining({ type: "looked_up", outcome: "found" }),
    );
  });

  test("that is done by then is stored from where it was found, through a crash too", () => {
    const job = findable().refuse(unknown).wake().find("done");
    job.crash().wake();
    expect(job.effects.map(({ type }) => type)).toEqual(["store"]);
    expect(job.store().summary.status).toBe("complete");
  });

  test("whose bytes were lost in a crash is looked up once more", () => {
    const job = findable().refuse(unknown).wake();
    const { part, call } = job.take("find");
    const images = [{ kind: "held" as const, token: "t" }];
    job.say({ type: "find-succeeded", part, call, answer: { status: "done", images } });
    job.crash().wake().find("running");
    expect(job.state.parts[0]).toMatchObject({ phase: "running", submits: 1 });
  });

  test("is submitted again only when the provider has said often enough that it has none", () => {
    const job = findable({ unknownSubmission: "fail" }).refuse(unknown);
    for (let absences = 0; absences < MIN_ABSENCES; absences++) {
      expect(job.effects.map(({ type }) => type)).not.toContain("submit");
      job.wake().find("absent");
    }
    job.wake().accept();
    expect(job.types).not.toContain("resubmitted");
    expect(job.state.timeline).toContainEqual(
      expect.objectContaining({ type: "looked_up", outcome: "absent" }),
    );
  });

  test("is what a crash leaves behind, during the submit and during the look-up", () => {
    const job = findable();
    for (let crash = 0; crash < 2; crash++) {
      job.crash().wake();
    }
    job.find("running");
    expect(job.types).not.toContain("resubmitted");
    expect(job.state.parts[0]).toMatchObject({ phase: "running", submits: 1 });
  });

  test("is asked for a bounded number of times, then the setting decides", () => {
    const job = findable().refuse(unknown);
    for (let again = 0; again < MAX_FINDS; again++) {
      const { part, call } = job.wake().take("find");
      job.say({ type: "find-failed", part, call, failure: unavailable });
    }
    expect(job.types).toContain("resubmitted");
  });

  test("is found and stopped even if the job was canceled meanwhile", () => {
    const job = findable().say({ type: "cancel-requested" }).refuse(unknown).wake().find("running");
    expect(job.take("cancel-upstream")).toMatchObject({ operation: { id: 0 } });
  });
});

test("a canceled job whose submit was lost for good says that upstream may go on", () => {
  const job = new Lead().say({ type: "cancel-requested" }).refuse(unknown);
  expect(job.state.timeline).toContainEqual(
    expect.objectContaining({ type: "upstream_cancel", outcome: "unknown" }),
  );
  expect(job.state.parts[0]?.submits).toBe(1);
});
