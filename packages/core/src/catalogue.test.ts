import { expect, test } from "vitest";
import { creditsPerImage, findModel, isRoute, knownAliases, parseRoute } from "./catalogue.ts";

const settings = { defaultModel: "sketch/default", models: { house: ["fal/fal-ai/flux", "sketch/default"] } };

test.each([
  ["default", ["sketch/default"]],
  ["flux-schnell", ["magic-hour/flux-schnell"]],
  ["house", ["fal/fal-ai/flux", "sketch/default"]],
  ["fal/fal-ai/flux/schnell", ["fal/fal-ai/flux/schnell"]],
])("%s stands for %j", (name, routes) => {
  expect(findModel(name, settings)?.routes).toEqual(routes);
});

test.each(["unknown", "constructor", "__proto__", "a /b"])("%s is no model", (name) => {
  expect(findModel(name, settings)).toBeNull();
});

test("default can mean an alias, and settings can override it and built-in ones", () => {
  expect(findModel("default", { ...settings, defaultModel: "house" })?.routes[0]).toBe("fal/fal-ai/flux");
  const models = { default: ["a/b"], "nano-banana": ["c/d"] };
  expect(findModel("default", { ...settings, models })?.routes).toEqual(["a/b"]);
  expect(findModel("nano-banana", { ...settings, models })).toEqual({ routes: ["c/d"], credits: 50 });
});

test("prices are Magic Hour's: 5 credits a standard image, 30 for pro, more for dearer models", () => {
  const price = (name: string, quality: "standard" | "pro") => {
    const entry = findModel(name, settings);
    return entry && creditsPerImage(entry, quality);
  };
  expect(price("default", "standard")).toBe(5);
  expect(price("default", "pro")).toBe(30);
  expect(price("nano-banana-pro", "standard")).toBe(150);
  expect(price("nano-banana-pro", "pro")).toBe(150);
});

test("a route names a provider and a model that may hold slashes", () => {
  expect(parseRoute("fal/fal-ai/flux/schnell")).toEqual({ provider: "fal", model: "fal-ai/flux/schnell" });
  expect(isRoute("fal/")).toBe(false);
});

test("the aliases include those of the settings", () => {
  expect(knownAliases(settings)).toEqual(expect.arrayContaining(["default", "house", "nano-banana"]));
});
