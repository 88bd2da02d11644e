import { expect, test } from "vitest";
import type { Bindings } from "./bindings.ts";
import { planRoutes, type Wanted } from "./providers.ts";
import { readSettings } from "./settings.ts";

const plan = (wanted: Partial<Wanted>, vars: Partial<Bindings> = {}) =>
  planRoutes(
    {
      model: "default",
      aspectRatio: "1:1",
      resolution: "auto",
      qualityMode: "standard",
      edit: false,
      ...wanted,
    },
    readSettings({ ADMIN_TOKEN: "a", SIGNING_SECRET: "s", ...vars } as Bindings),
  );

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

test.each([
  ["unheard-of", "Unknown model"],
  ["nobody/model", "nobody is not a provider"],
  ["constructor/x", "constructor is not a provider"],
])("%s is refused", (model, message) => {
  expect(() => plan({ model })).toThrow(message);
});

test("a resolution that the model does not paint is refused", () => {
  const vars = { MAGIC_HOUR_API_KEY: "k" };
  expect(() => plan({ model: "nano-banana", resolution: "4k" }, vars)).toThrow("try another resolution");
});
