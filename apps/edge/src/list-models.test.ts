import type { ModelList } from "@bluehour/contract";
import { expect, test } from "vitest";
import type { Bindings } from "./bindings.ts";
import { listModels } from "./list-models.ts";
import { readSettings } from "./settings.ts";
import { call, create, ended, errorOf } from "./test-api.ts";

const list = (vars: Partial<Bindings> = {}) =>
  listModels(readSettings({ ADMIN_TOKEN: "a", SIGNING_SECRET: "s", ...vars } as Bindings)).items;

const find = (id: string, vars: Partial<Bindings> = {}) => list(vars).find((model) => model.id === id);

test("default comes first, and out of the box it and the sketch are all there is", () => {
  const available = list().filter((model) => model.available);
  expect(available.map(({ id }) => id)).toEqual(["default", "sketch"]);
  expect(available[0]).toEqual({
    id: "default",
    providers: ["sketch"],
    routes: [{ id: "sketch/default", provider: "sketch", available: true, missing: [] }],
    available: true,
    missing: [],
    generates: true,
    edits: true,
    credits_per_image: 5,
    credits_per_pro_image: 30,
    max_images: 16,
    aspect_ratios: ["1:1", "16:9", "9:16"],
    resolutions: ["auto", "640px", "1k", "2k", "4k"],
    typical_ms: 800,
  });
});

test("a model without a key names the variables to set, and what it will cost", () => {
  const model = find("nano-banana-pro");
  expect(model).toMatchObject({ available: false, credits_per_image: 150, typical_ms: null, edits: true });
  expect(model?.missing).toContain("MAGIC_HOUR_API_KEY");
  expect(model?.routes[0]).toEqual({
    id: "magic-hour/nano-banana-pro",
    provider: "magic-hour",
    available: false,
    missing: ["MAGIC_HOUR_API_KEY"],
  });
});

test("a key makes Magic Hour's models available, as its adapter describes them", () => {
  const vars = { MAGIC_HOUR_API_KEY: "k" };
  expect(find("nano-banana-pro", vars)).toMatchObject({
    available: true,
    missing: [],
    resolutions: ["auto", "1k", "2k", "4k"],
    typical_ms: 30_000,
  });
  expect(find("qwen-edit", vars)).toMatchObject({ generates: false, edits: true, credits_per_image: 10 });
  expect(find("flux-schnell", vars)).toMatchObject({ generates: true, edits: false });
});

test("MODELS adds models and changes those that are there", () => {
  const vars = { MODELS: '{"house": "sketch/default", "flux-schnell": ["sketch/default"]}' };
  expect(find("house", vars)).toMatchObject({ available: true, providers: ["sketch"] });
  expect(find("flux-schnell", vars)).toMatchObject({ available: true, providers: ["sketch"] });
  expect(list(vars)).toHaveLength(list().length + 1);
});

test("default is what DEFAULT_MODEL says, and missing where that says nothing", () => {
  expect(find("default", { DEFAULT_MODEL: "nano-banana-pro" })).toMatchObject({ credits_per_image: 150 });
  expect(find("default", { DEFAULT_MODEL: "nano-bananna" })).toBeUndefined();
});

test("over HTTP: what is listed as available paints, what is not is 422 naming the same variables", async () => {
  const { items } = await (await call("/v1/models")).json<ModelList>();
  const sketch = items.find(({ id }) => id === "sketch");
  expect(sketch?.available).toBe(true);
  const { id, credits_charged } = await create("a fox", { model: sketch?.id, resolution: "640px" });
  expect(credits_charged).toBe(sketch?.credits_per_image);
  expect((await ended(id)).status).toBe("complete");

  for (const model of items.filter(({ available, generates }) => generates && !available)) {
    const body = JSON.stringify({ image_count: 1, style: { prompt: "p" }, model: model.id });
    const refused = await errorOf(await call("/v1/ai-image-generator", { method: "POST", body }));
    expect(refused).toMatchObject({ status: 422, code: "model_unavailable" });
    for (const variable of model.missing) expect(refused.message).toContain(variable);
  }
});
