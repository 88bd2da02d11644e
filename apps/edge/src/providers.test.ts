import { expect, test } from "vitest";
import type { Bindings } from "./bindings.ts";
import { findProvider, planRoutes, register, type WantedOfModel } from "./providers.ts";
import { readSettings } from "./settings.ts";

const settings = (vars: Partial<Bindings> = {}) =>
  readSettings({ ADMIN_TOKEN: "a", SIGNING_SECRET: "s", ...vars } as Bindings);

const plan = (wanted: Partial<WantedOfModel>, vars: Partial<Bindings> = {}) =>
  planRoutes(
    {
      model: "default",
      aspectRatio: "1:1",
      resolution: "auto",
      qualityMode: "standard",
      edit: false,
      ...wanted,
    },
    settings(vars),
  );

test("a provider is ready, or says which variable it waits for", () => {
  expect(register(settings())).toMatchObject({
    sketch: { provider: { id: "sketch" } },
    "magic-hour": { missing: ["MAGIC_HOUR_API_KEY"] },
  });
});

test("every provider that is ready is found by the name it has in routes, and calls itself so", () => {
  const ready = settings({ MAGIC_HOUR_API_KEY: "k" });
  for (const id of Object.keys(register(ready))) {
    const provider = findProvider(id, ready);
    if (provider) expect(provider.id).toBe(id);
  }
  expect(findProvider("magic-hour", ready)).not.toBeNull();
  expect(findProvider("magic-hour", settings())).toBeNull();
  expect(findProvider("constructor", settings())).toBeNull();
});

test("out of the box the default model is the sketch", () => {
  expect(plan({})).toMatchObject({
    credits: 5,
    routes: [{ provider: "sketch", model: "default", pollable: true }],
  });
});

test("an alias goes to its provider once the key is set", () => {
  expect(plan({ model: "flux-schnell" }, { MAGIC_HOUR_API_KEY: "k" }).routes).toMatchObject([
    { provider: "magic-hour", model: "flux-schnell" },
  ]);
});

test("a model without its key names the variable to set", () => {
  expect(() => plan({ model: "flux-schnell" })).toThrow("set MAGIC_HOUR_API_KEY");
});

test("routes that are not configured are passed over", () => {
  const MODELS = '{"mine": ["magic-hour/default", "sketch/default"]}';
  expect(plan({ model: "mine" }, { MODELS }).routes.map(({ provider }) => provider)).toEqual(["sketch"]);
  expect(plan({ model: "mine" }, { MODELS, MAGIC_HOUR_API_KEY: "k" }).routes).toHaveLength(2);
});

test("an edit goes by the model's routes for edits", () => {
  const vars = { MAGIC_HOUR_API_KEY: "k" };
  expect(plan({ model: "qwen-edit", edit: true }, vars).routes).toMatchObject([
    { provider: "magic-hour", model: "qwen-edit", maxImagesPerCall: 1 },
  ]);
  expect(() => plan({ model: "qwen-edit" }, vars)).toThrow("only edits images");
  expect(() => plan({ model: "flux-schnell", edit: true }, vars)).toThrow("does not edit images");
});

test.each([
  ["unheard-of", "Unknown model"],
  ["nobody/model", "no provider nobody"],
  ["constructor/x", "no provider constructor"],
])("%s is refused", (model, message) => {
  expect(() => plan({ model })).toThrow(message);
});

test("a resolution that the model does not paint is refused, naming those it does", () => {
  const vars = { MAGIC_HOUR_API_KEY: "k" };
  expect(() => plan({ model: "nano-banana", resolution: "4k" }, vars)).toThrow("use auto, 640px, 1k");
});

test("pro costs 30 credits", () => {
  expect(plan({ qualityMode: "pro" }).credits).toBe(30);
});

test("Workers AI paints by its binding, forms and base64 as this runtime has them", async () => {
  const asked: Record<string, unknown>[] = [];
  const run = async (_model: string, input: { multipart: { body: BodyInit; contentType: string } }) => {
    const { body, contentType } = input.multipart;
    const form = await new Response(body, { headers: { "content-type": contentType } }).formData();
    asked.push(Object.fromEntries(form));
    return { image: btoa("image") };
  };
  // A binding that knows one model.
  const AI = { run } as unknown as Ai;
  const answer = await findProvider("workers-ai", settings({ AI }))?.submit(
    {
      model: "@cf/black-forest-labs/flux-2-dev",
      prompt: "a cat",
      tool: "general",
      qualityMode: "standard",
      aspectRatio: "16:9",
      resolution: "auto",
      count: 1,
      firstIndex: 0,
      seed: 7,
      inputs: [{ url: "https://pictures.example/cat.png", reachable: true }],
    },
    {
      fetch: async () => new Response("png", { headers: { "content-type": "image/png" } }),
      now: Date.now,
      signal: AbortSignal.timeout(5_000),
      idempotencyKey: "key",
    },
  );
  expect(asked).toMatchObject([{ width: "1024", height: "576", seed: "7", input_image_0: { size: 3 } }]);
  expect(answer).toEqual({
    status: "done",
    images: [{ bytes: new TextEncoder().encode("image"), contentType: "image/png" }],
  });
});
