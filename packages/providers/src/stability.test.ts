import { expect, it } from "vitest";
import { answersInTurn, callFor } from "../test/adapter-bench.ts";
import { filtered, success } from "../test/fixtures/stability/responses.ts";
import { createStability } from "./stability.ts";

const stability = createStability({ apiKey: "sk-key" });

it.each([
  ["ultra", "ultra", { aspect_ratio: "16:9" }],
  ["sd3.5-large", "sd3", { aspect_ratio: "16:9", model: "sd3.5-large" }],
])("asks %s at the service %s", async (model, service, fields) => {
  const { context, sent } = answersInTurn(Response.json(success));
  await stability.submit(callFor(model, { aspectRatio: "16:9" }), context);
  expect(sent[0]?.url).toBe(`https://api.stability.ai/v2beta/stable-image/generate/${service}`);
  if (!(sent[0]?.body instanceof FormData)) expect.fail("expected a form");
  const form = Object.fromEntries(sent[0].body);
  expect(form).toMatchObject({
    ...fields,
    seed: "7",
    negative_prompt: expect.stringContaining("photograph"),
  });
});

it("takes an image that was filtered for no image, though it comes as a success", async () => {
  const { context } = answersInTurn(Response.json(filtered));
  await expect(stability.submit(callFor("core"), context)).rejects.toMatchObject({
    kind: "rejected",
    rejection: "content_rejected",
  });
});
