import { describe, expect, it } from "vitest";
import { answersInTurn, callFor } from "../test/adapter-bench.ts";
import { accepted, moderated, ready } from "../test/fixtures/black-forest-labs/responses.ts";
import { createBlackForestLabs } from "./black-forest-labs.ts";

const blackForestLabs = createBlackForestLabs({ apiKey: "bfl-key" });
const operation = { polling_url: accepted.polling_url };

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

  it("waits for a task that is not found, as that may be another region's word", async () => {
    const { context } = answersInTurn(Response.json({ ...moderated, status: "Task not found" }));
    expect(await blackForestLabs.poll?.(operation, context)).toEqual({ status: "running" });
  });
});
