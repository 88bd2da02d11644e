import { describe, expect, it } from "vitest";
import { answersInTurn, callFor } from "../test/adapter-bench.ts";
import { blocked, images, noSuchModel, outOfQuota } from "../test/fixtures/openai/responses.ts";
import { createOpenai } from "./openai.ts";

const openai = createOpenai({ apiKey: "sk-key" });

it.each([
  ["gpt-image-1", "16:9", "auto", "standard", { size: "1536x1024", quality: "medium" }],
  ["gpt-image-2", "16:9", "4k", "pro", { size: "3840x2160", quality: "high" }],
  ["gpt-image-2.5-flare", "16:9", "auto", "standard", { size: "1536x864", quality: "medium" }],
  ["dall-e-3", "9:16", "1k", "pro", { size: "1024x1792", quality: "hd" }],
  ["flux.1-dev", "16:9", "1k", "pro", { size: "1024x576" }],
] as const)(
  "asks %s for %s at %s as it can be asked",
  async (model, aspectRatio, resolution, qualityMode, asked) => {
    const { context, sent } = answersInTurn(Response.json(images));
    await openai.submit(callFor(model, { aspectRatio, resolution, qualityMode }), context);
    expect(sent[0]?.url).toBe("https://api.openai.com/v1/images/generations");
    expect(sent[0]?.body).toEqual({
      model,
      prompt: expect.stringMatching(/^a cat\. .*Composition: /),
      n: 1,
      ...asked,
    });
  },
);

it.each(["http://localhost:8080", "http://localhost:8080/v1/"])("finds the API below %s", async (baseUrl) => {
  const { context, sent } = answersInTurn(Response.json(images));
  await createOpenai({ apiKey: "any", baseUrl }).submit(callFor("sd"), context);
  expect(sent[0]?.url).toBe("http://localhost:8080/v1/images/generations");
});

it("holds no more than one large picture at once, or four that are not", () => {
  for (const model of ["gpt-image-1", "gpt-image-2", "flux.1-dev"])
    expect(openai.describe(model)).toMatchObject({ maxImagesPerCall: 4, maxImagesPerLargeCall: 1 });
});

it("sends the pictures to edit as files", async () => {
  const png = new Response("png", { headers: { "content-type": "image/png" } });
  const { context, sent } = answersInTurn(png, Response.json(images));
  await openai.submit(
    callFor("gpt-image-1", { inputs: [{ url: "https://pictures.example/a", reachable: true }] }),
    context,
  );
  expect(sent[1]?.url).toBe("https://api.openai.com/v1/images/edits");
  const form = sent[1]?.body;
  if (!(form instanceof FormData)) expect.fail("expected a form");
  expect(form.get("n")).toBe("1");
  expect(form.get("image[]")).toMatchObject({ name: "input-1.png", size: 3 });
});

it("brings bytes, or addresses where a server answers with them", async () => {
  const data = [...images.data, { url: "https://images.example/1.png" }];
  const { context } = answersInTurn(Response.json({ ...images, data }));
  expect(await openai.submit(callFor("sd", { count: 2 }), context)).toEqual({
    status: "done",
    images: [
      { bytes: new TextEncoder().encode("image"), contentType: "image/png" },
      { url: "https://images.example/1.png" },
    ],
  });
});

describe("an error", () => {
  it.each([
    ["the safety system", Response.json(blocked, { status: 400 }), "rejected", "content_rejected"],
    ["an empty account", Response.json(outOfQuota, { status: 429 }), "unauthorized", undefined],
    ["a limit", Response.json({ error: { message: "Slow down" } }, { status: 429 }), "throttled", undefined],
    ["a model it has not", Response.json(noSuchModel, { status: 400 }), "unauthorized", undefined],
    ["no image at all", Response.json({ created: 1, data: [] }), "unavailable", undefined],
  ])("of %s is taken for what it is", async (_, answer, kind, rejection) => {
    const { context } = answersInTurn(answer);
    const submitted = openai.submit(callFor("gpt-image-1"), context);
    await expect(submitted).rejects.toMatchObject({ kind, rejection });
  });
});

it.each([
  ["that may not list models", 403],
  ["of a server that lists none", 404],
])("of a key %s nothing is claimed", async (_, status) => {
  const { context, sent } = answersInTurn(Response.json({ error: { message: "No" } }, { status }));
  const check = createOpenai({ apiKey: "k", baseUrl: "https://api.example/v1" }).check?.(context);
  await expect(check).rejects.toMatchObject({ kind: "rejected" });
  expect(sent).toMatchObject([{ method: "GET", url: "https://api.example/v1/models" }]);
});
