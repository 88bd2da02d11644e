import { describe, expect, it } from "vitest";
import { answersInTurn, callFor } from "../test/adapter-bench.ts";
import { accepted, moderated, ready } from "../test/fixtures/black-forest-labs/responses.ts";
import { createBlackForestLabs } from "./black-forest-labs.ts";

const blackForestLabs = createBlackForestLabs({ apiKey: "bfl-key" });
const operation = { polling_url: accepted.polling_url, submittedAt: 0 };

describe("a submit", () => {
  it("asks in pixels that are multiples of 16, with each input under its own name", async () => {
    const { context, sent } = answersInTurn(Response.json(accepted));
    const inputs = [
      { url: "https://pictures.example/a.png", reachable: true },
      { url: "https://pictures.example/b.png", reachable: true },
    ];
    const call = callFor("flux-2-pro", { aspectRatio: "16:9", resolution: "640px", inputs });
    expect(await blackForestLabs.submit(call, context)).toEqual({ status: "running", operation });
    expect(sent[0]?.url).toBe("https://api.bfl.ai/v1/flux-2-pro");
    expect(sent[0]?.headers.get("x-key")).toBe("bfl-key");
    expect(sent[0]?.body).toEqual({
      prompt: expect.stringMatching(/^a cat\. .*Composition: /),
      width: 640,
      height: 368,
      seed: 7,
      output_format: "png",
      input_image: inputs[0]?.url,
      input_image_2: inputs[1]?.url,
    });
  });

  it("refuses more inputs than the model takes, before anything is paid", async () => {
    const { context, sent } = answersInTurn();
    const call = callFor("flux-dev", {
      inputs: [{ url: "https://pictures.example/a.png", reachable: true }],
    });
    await expect(blackForestLabs.submit(call, context)).rejects.toMatchObject({ kind: "rejected" });
    expect(sent).toEqual([]);
  });
});

describe("a poll", () => {
  it("goes to the region that was named, with the key", async () => {
    const { context, sent } = answersInTurn(Response.json(ready));
    expect(await blackForestLabs.poll?.(operation, context)).toEqual({
      status: "done",
      images: [{ url: ready.result.sample }],
    });
    expect(sent[0]?.url).toBe(accepted.polling_url);
    expect(sent[0]?.headers.get("x-key")).toBe("bfl-key");
  });

  it("takes the key to no other host", async () => {
    const { context, sent } = answersInTurn();
    const polled = blackForestLabs.poll?.({ polling_url: "https://bfl.ai.evil.example/" }, context);
    await expect(polled).rejects.toMatchObject({ kind: "unavailable" });
    expect(sent).toEqual([]);
  });

  it.each(["Request Moderated", "Content Moderated"])("takes %s for what it is", async (status) => {
    const { context } = answersInTurn(Response.json({ ...moderated, status }));
    expect(await blackForestLabs.poll?.(operation, context)).toMatchObject({
      status: "failed",
      error: { kind: "rejected", rejection: "content_rejected" },
    });
  });

  const notFound = () => Response.json({ ...moderated, status: "Task not found" });

  it.each([
    ["says Task not found", notFound],
    ["answers 404", () => Response.json({ detail: "Not Found" }, { status: 404 })],
  ])("that %s gives a new task 30 seconds to show up, and takes an older one for gone", async (_, answer) => {
    const { context } = answersInTurn(answer(), answer());
    const pollAt = (now: number) => blackForestLabs.poll?.(operation, { ...context, now: () => now });
    expect(await pollAt(29_999)).toEqual({ status: "running" });
    expect(await pollAt(30_000)).toMatchObject({ status: "failed", error: { kind: "unavailable" } });
  });

  it("takes a task for gone whose submit was not dated, as before this was looked at", async () => {
    const { context } = answersInTurn(notFound());
    const undated = { polling_url: accepted.polling_url };
    const polled = await blackForestLabs.poll?.(undated, { ...context, now: () => Date.UTC(2026, 11) });
    expect(polled).toMatchObject({ status: "failed", error: { kind: "unavailable" } });
  });
});
