import { describe, expect, it } from "vitest";
import { answersInTurn, callFor } from "../test/adapter-bench.ts";
import { machineryError, queued, refused, result } from "../test/fixtures/fal/responses.ts";
import { createFal } from "./fal.ts";

const fal = createFal({ apiKey: "id:secret" });
const { status_url, response_url, cancel_url } = queued;
const operation = { status_url, response_url, cancel_url };
const CAT = { url: "https://pictures.example/cat.png", reachable: true };

describe("a submit", () => {
  it("goes to the queue with the callback in the query, and keeps the addresses it is told", async () => {
    const { context, sent } = answersInTurn(Response.json(queued));
    const callbackUrl = "https://us.example/callbacks/a?b=c";
    const answer = await fal.submit(
      callFor("fal-ai/flux/schnell", { count: 2, aspectRatio: "16:9", firstIndex: 1 }),
      { ...context, callbackUrl },
    );
    expect(answer).toEqual({ status: "running", operation });
    expect(sent[0]?.url).toBe(
      `https://queue.fal.run/fal-ai/flux/schnell?fal_webhook=${encodeURIComponent(callbackUrl)}`,
    );
    expect(sent[0]?.headers.get("authorization")).toBe("Key id:secret");
    expect(sent[0]?.body).toEqual({
      prompt: expect.stringMatching(/^a cat\. .*Composition: /),
      image_size: { width: 1024, height: 576 },
      num_images: 2,
      seed: 8,
      output_format: "png",
    });
  });

  it.each([
    ["fal-ai/nano-banana-pro", "/fal-ai/nano-banana-pro/edit", { image_urls: [CAT.url], resolution: "4K" }],
    ["fal-ai/flux/dev", "/fal-ai/flux/dev/image-to-image", { image_url: CAT.url }],
  ])("sends edits of %s to %s", async (model, path, input) => {
    const { context, sent } = answersInTurn(Response.json(queued));
    await fal.submit(callFor(model, { inputs: [CAT], resolution: "4k" }), context);
    expect(sent[0]).toMatchObject({ url: `https://queue.fal.run${path}`, body: input });
  });
});

describe("a poll", () => {
  const completed = () => Response.json({ ...queued, status: "COMPLETED" });

  it("takes its key to no other host, whatever the operation says", async () => {
    const { context } = answersInTurn();
    const foreign = { ...operation, status_url: "https://queue.fal.run.evil.example/status" };
    await expect(fal.poll?.(foreign, context)).rejects.toMatchObject({ kind: "unavailable" });
  });

  it("leaves out images that were blackened", async () => {
    const images = [{ url: "https://fal.media/1.png" }, { url: "https://fal.media/2.png" }];
    const flagged = { ...result, images, has_nsfw_concepts: [true, false] };
    const { context } = answersInTurn(completed(), Response.json(flagged));
    expect(await fal.poll?.(operation, context)).toEqual({ status: "done", images: [images[1]] });
  });

  it.each([
    [
      "all its images flagged",
      Response.json({ ...result, has_nsfw_concepts: [true] }),
      "rejected",
      "content_rejected",
    ],
    ["a refusal", Response.json(refused, { status: 422 }), "rejected", "content_rejected"],
    [
      "a problem of the input",
      Response.json({ detail: [{ loc: ["body", "seed"], msg: "too big", type: "int" }] }, { status: 422 }),
      "rejected",
      "invalid_input",
    ],
    [
      "a timeout of the model",
      Response.json(machineryError, { status: 504, headers: { "x-fal-error-type": "request_timeout" } }),
      "unavailable",
      undefined,
    ],
  ])("fails a request with %s", async (_, answer, kind, rejection) => {
    const { context } = answersInTurn(completed(), answer);
    expect(await fal.poll?.(operation, context)).toMatchObject({
      status: "failed",
      error: { kind, rejection },
    });
  });

  it("asks again when it was a gateway that gave up", async () => {
    const { context } = answersInTurn(completed(), new Response(null, { status: 504 }));
    await expect(fal.poll?.(operation, context)).rejects.toMatchObject({ kind: "unavailable" });
  });
});
