import { describe, expect, test } from "vitest";
import { creditsPerImage, findModel, isRoute, knownAliases, parseRoute } from "./catalogue.ts";

const settings = { defaultModel: "sketch/default", models: { house: ["fal/fal-ai/flux", "sketch/default"] } };
const bare = { defaultModel: "sketch/default", models: {} };

test.each([
  ["default", ["sketch/default"]],
  ["sketch", ["sketch/default"]],
  ["house", ["fal/fal-ai/flux", "sketch/default"]],
  ["fal/fal-ai/flux/schnell", ["fal/fal-ai/flux/schnell"]],
])("%s stands for %j", (name, routes) => {
  expect(findModel(name, settings)?.routes).toEqual(routes);
});

test("Magic Hour comes first under its own names, and others stand behind it", () => {
  expect(findModel("flux-schnell", settings)?.routes).toEqual([
    "magic-hour/flux-schnell",
    "fal/fal-ai/flux/schnell",
    "replicate/black-forest-labs/flux-schnell",
    "workers-ai/@cf/black-forest-labs/flux-1-schnell",
  ]);
});

test.each(["unknown", "constructor", "__proto__", "a /b"])("%s is no model", (name) => {
  expect(findModel(name, settings)).toBeNull();
});

test("default can mean an alias, and settings can override it and built-in ones", () => {
  expect(findModel("default", { ...settings, defaultModel: "house" })?.routes[0]).toBe("fal/fal-ai/flux");
  const models = { default: ["a/b"], "nano-banana": ["c/d"] };
  expect(findModel("default", { ...settings, models })?.routes).toEqual(["a/b"]);
  expect(findModel("nano-banana", { ...settings, models })).toEqual({
    routes: ["c/d"],
    editRoutes: ["c/d"],
    credits: 50,
  });
});

describe("prices", () => {
  const price = (name: string, quality: "standard" | "pro" = "standard", models = {}) => {
    const entry = findModel(name, { ...bare, models });
    return entry && creditsPerImage(entry, quality);
  };

  test("are Magic Hour's: 5 credits a standard image, 30 for pro, more for dearer models", () => {
    expect(price("default")).toBe(5);
    expect(price("default", "pro")).toBe(30);
    expect(price("nano-banana-pro")).toBe(150);
    expect(price("nano-banana-pro", "pro")).toBe(150);
  });

  test.each(["magic-hour/nano-banana-pro", "google/gemini-3-pro-image", "fal/fal-ai/nano-banana-pro/edit"])(
    "do not depend on the name: %s costs what its alias costs",
    (route) => {
      expect(price(route)).toBe(150);
    },
  );

  test("of an alias of the settings are those of its first route; 5 where nobody knows it", () => {
    expect(price("mine", "standard", { mine: ["openai/gpt-image-1", "sketch/default"] })).toBe(45);
    expect(price("mine", "standard", { mine: ["openai/from-tomorrow"] })).toBe(5);
  });
});

test("the first Nano Banana is painted at Google by its successor, and its own name is still known", () => {
  // https://ai.google.dev/gemini-api/docs/deprecations: gemini-2.5-flash-image shuts down on 2 October 2026
  for (const routes of ["routes", "editRoutes"] as const) {
    const google = findModel("nano-banana", bare)?.[routes].filter((route) => route.startsWith("google/"));
    expect(google).toEqual(["google/gemini-3.1-flash-lite-image", "google/gemini-2.5-flash-image"]);
  }
  const retired = findModel("google/gemini-2.5-flash-image", bare);
  expect(retired).toMatchObject({ routes: ["google/gemini-2.5-flash-image"], credits: 50 });
});

describe("editing", () => {
  test("goes to a provider's endpoint for it, where it has one", () => {
    expect(findModel("nano-banana", bare)?.routes).toContain("fal/fal-ai/nano-banana");
    expect(findModel("nano-banana", bare)?.editRoutes).toContain("fal/fal-ai/nano-banana/edit");
  });

  test("is all that some models do, and more than others do", () => {
    expect(findModel("qwen-edit", bare)?.routes).toEqual([]);
    expect(findModel("flux-schnell", bare)?.editRoutes).toEqual([]);
  });

  test("is all that a route to such an endpoint does, by whichever name", () => {
    const models = { mine: ["fal/fal-ai/nano-banana/edit", "fal/fal-ai/nano-banana"] };
    expect(findModel("fal/fal-ai/nano-banana/edit", bare)?.routes).toEqual([]);
    expect(findModel("mine", { ...bare, models })).toMatchObject({
      routes: ["fal/fal-ai/nano-banana"],
      editRoutes: models.mine,
    });
  });
});

test("a route names a provider and a model that may hold slashes", () => {
  expect(parseRoute("fal/fal-ai/flux/schnell")).toEqual({ provider: "fal", model: "fal-ai/flux/schnell" });
  expect(isRoute("fal/")).toBe(false);
});

test.each([
  ["workers-ai/@cf/black-forest-labs/flux-1-schnell", true],
  ["replicate/someone/painter:5c7d", true],
  ["comfyui/sdxl\\sd_xl_base_1.0.safetensors", true],
  ["replicate/../deployments/acme/private", false],
  ["replicate/a/%2e%2e/%2e%2e/deployments/acme/private", false],
  ["black-forest-labs/..\\v1\\delete_finetune", false],
  ["fal/fal-ai/flux/schnell?fal_webhook=https://elsewhere.example", false],
  ["fal/fal-ai//flux", false],
])("a model stays in its place in the paths of a provider: %s, %s", (name, isOne) => {
  expect(isRoute(name)).toBe(isOne);
});

test("the aliases begin with default and include those of the settings", () => {
  expect(knownAliases(settings)[0]).toBe("default");
  expect(knownAliases(settings)).toEqual(expect.arrayContaining(["house", "nano-banana"]));
  expect(knownAliases({ ...bare, models: { default: ["a/b"] } })).toHaveLength(knownAliases(bare).length);
});

describe.each(knownAliases(bare).filter((name) => name !== "default"))("%s", (name) => {
  const entry = findModel(name, bare);
  const routes = [...(entry?.routes ?? []), ...(entry?.editRoutes ?? [])];

  test("has routes, each to a provider there is an adapter for, none twice", () => {
    const providers = "magic-hour|fal|replicate|black-forest-labs|openai|google|workers-ai|sketch";
    expect(routes).not.toEqual([]);
    for (const route of routes) expect(route).toMatch(new RegExp(`^(${providers})/\\S+$`));
    expect(new Set(entry?.routes).size).toBe(entry?.routes.length);
    expect(new Set(entry?.editRoutes).size).toBe(entry?.editRoutes.length);
  });

  test("has a price that a route to it also has", () => {
    expect(entry?.credits).toBeGreaterThanOrEqual(5);
    for (const route of routes) expect(findModel(route, bare)?.credits).toBe(entry?.credits);
  });
});
