import { describe, expect, it } from "vitest";
import { answersInTurn, callFor } from "../test/adapter-bench.ts";
import { createWorkersAi } from "./workers-ai.ts";

/** A binding that gives one answer, and what it was asked. */
function bindingThat(answer: () => unknown) {
  const asked: { model: string; input: Readonly<Record<string, unknown>> }[] = [];
  const run = async (model: string, input: Readonly<Record<string, unknown>>) => {
    asked.push({ model, input });
    return answer();
  };
  return { workersAi: createWorkersAi({ run }), asked };
}
const image = { image: btoa("image") };
const bytes = new TextEncoder().encode("image");

it("asks FLUX schnell with a prompt that fits, and nothing that it does not take", async () => {
  const { workersAi, asked } = bindingThat(() => image);
  const model = "@cf/black-forest-labs/flux-1-schnell";
  await workersAi.submit(callFor(model, { prompt: "cat ".repeat(500) }), answersInTurn().context);
  expect(Object.keys(asked[0]?.input ?? {})).toEqual(["prompt"]);
  // Of the style only what fits goes along.
  expect(asked[0]?.input["prompt"]).toBe("cat ".repeat(500));
});

it("asks diffusion models in pixels, with what to keep out", async () => {
  const { workersAi, asked } = bindingThat(() => new Blob([bytes]).stream());
  const model = "@cf/stabilityai/stable-diffusion-xl-base-1.0";
  const answer = await workersAi.submit(callFor(model, { aspectRatio: "16:9" }), answersInTurn().context);
  expect(asked[0]?.input).toMatchObject({
    width: 1024,
    height: 576,
    seed: 7,
    negative_prompt: expect.stringContaining("photograph"),
  });
  expect(answer).toEqual({ status: "done", images: [{ bytes, contentType: "image/png" }] });
});

it("paints squares only where the model cannot be told a size", () => {
  const { workersAi } = bindingThat(() => image);
  expect(workersAi.describe("@cf/black-forest-labs/flux-1-schnell").aspectRatios).toEqual(["1:1"]);
});

describe("an error", () => {
  it.each([
    ["AiError: 3036: You have used up your daily free allocation", "unauthorized", undefined],
    ["AiError: 3040: No more data centers", "unavailable", undefined],
    ["AiError: 3007: Request timeout", "unavailable", undefined],
    ["AiError: 5007: No such model", "unauthorized", undefined],
    ["AiError: 3042: The model name is invalid", "unauthorized", undefined],
    ["AiError: 5006: Error: Length of '/prompt' must be <= 2048", "rejected", "invalid_input"],
    ["InferenceUpstreamError: 3030: Input prompt contains NSFW content.", "rejected", "content_rejected"],
    ["Network connection lost.", "unknown_outcome", undefined],
  ])("%s is taken for what it is", async (message, kind, rejection) => {
    const { workersAi } = bindingThat(() => {
      throw new Error(message);
    });
    const submitted = workersAi.submit(callFor("@cf/leonardo/lucid-origin"), answersInTurn().context);
    await expect(submitted).rejects.toMatchObject({ kind, rejection });
  });
});
