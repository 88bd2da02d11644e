import { describe, expect, it } from "vitest";
import { answersInTurn, callFor } from "../test/adapter-bench.ts";
import { noSuchVersion, prediction, throttled } from "../test/fixtures/replicate/responses.ts";
import { createReplicate } from "./replicate.ts";

const replicate = createReplicate({ apiKey: "r8_key\n" });
const created = () => Response.json(prediction, { status: 201 });
const CAT = { url: "https://pictures.example/cat.png", reachable: true };

describe("a submit", () => {
  it("asks an official model by its name, with the style in the prompt and a callback", async () => {
    const { context, sent } = answersInTurn(created());
    const call = callFor("black-forest-labs/flux-schnell", {
      tool: "ai-anime-generator",
      count: 3,
      firstIndex: 4,
    });
    const answer = await replicate.submit(call, {
      ...context,
      callbackUrl: "https://us.example/callbacks/1",
    });
    expect(answer).toEqual({ status: "running", operation: { id: prediction.id } });
    expect(sent[0]?.url).toBe(
      "https://api.replicate.com/v1/models/black-forest-labs/flux-schnell/predictions",
    );
    expect(sent[0]?.headers.get("authorization")).toBe("Bearer r8_key");
    expect(sent[0]?.body).toEqual({
      input: {
        prompt: expect.stringMatching(/^a cat\. .*Composition: /),
        aspect_ratio: "1:1",
        num_outputs: 3,
        output_format: "png",
        seed: 11,
      },
      webhook: "https://us.example/callbacks/1",
      webhook_events_filter: ["completed"],
    });
  });

  it("asks other models by their version", async () => {
    const { context, sent } = answersInTurn(created());
    await replicate.submit(callFor("somebody/sdxl-fox:5c7d"), context);
    expect(sent[0]).toMatchObject({
      url: "https://api.replicate.com/v1/predictions",
      body: { version: "5c7d", input: { aspect_ratio: "1:1" } },
    });
  });

  it.each([
    ["google/nano-banana-pro", "2k", { image_input: [CAT.url], resolution: "2K" }],
    ["bytedance/seedream-4", "4k", { image_input: [CAT.url], size: "4K" }],
    ["black-forest-labs/flux-kontext-pro", "auto", { input_image: CAT.url }],
    ["prunaai/z-image-turbo", "1k", { width: 1024, height: 576 }],
  ] as const)("says to %s at %s what it takes", async (model, resolution, input) => {
    const { context, sent } = answersInTurn(created());
    await replicate.submit(callFor(model, { resolution, aspectRatio: "16:9", inputs: [CAT] }), context);
    expect(sent[0]?.body).toMatchObject({ input });
  });

  it("sends inputs that Replicate could not reach along", async () => {
    const png = new Response("png", { headers: { "content-type": "image/png" } });
    const { context, sent } = answersInTurn(png, created());
    const inputs = [{ url: "http://127.0.0.1:8787/uploads/cat", reachable: false }];
    await replicate.submit(callFor("google/nano-banana", { inputs }), context);
    expect(sent[1]?.body).toMatchObject({ input: { image_input: ["data:image/png;base64,cG5n"] } });
  });

  it("takes a version that is gone for a route that is gone, although its status is that of a wrong input", async () => {
    const { context } = answersInTurn(Response.json(noSuchVersion, { status: 422 }));
    const submitted = replicate.submit(callFor("somebody/sdxl-fox:5c7d"), context);
    await expect(submitted).rejects.toMatchObject({ kind: "unauthorized" });
  });

  it("reads the wait out of the sentence", async () => {
    const { context } = answersInTurn(Response.json(throttled, { status: 429 }));
    const submitted = replicate.submit(callFor("black-forest-labs/flux-schnell"), context);
    await expect(submitted).rejects.toMatchObject({ kind: "throttled", retryAfterMs: 30_000 });
  });
});

describe("a poll", () => {
  const poll = async (changes: object) => {
    const { context } = answersInTurn(Response.json({ ...prediction, ...changes }));
    return replicate.poll?.({ id: prediction.id }, context);
  };

  it("tells how far it is from the last bar of the logs", async () => {
    const logs = "Using seed: 7\n 25%|██▌       | 1/4\n 75%|███████▌  | 3/4";
    expect(await poll({ status: "processing", logs })).toEqual({ status: "running", progress: 0.75 });
  });

  it("does not take removed files for images", async () => {
    expect(await poll({ status: "succeeded", output: null })).toMatchObject({
      status: "failed",
      error: { kind: "unavailable" },
    });
  });

  it.each([
    [
      "NSFW content detected. Try running it again, or try a different prompt.",
      "rejected",
      "content_rejected",
    ],
    ["Input image is invalid input (E006)", "rejected", "invalid_input"],
    ["CUDA out of memory", "unavailable", undefined],
  ])("takes the error %s for %s", async (error, kind, rejection) => {
    expect(await poll({ status: "failed", error })).toMatchObject({
      status: "failed",
      error: { kind, rejection },
    });
  });
});
