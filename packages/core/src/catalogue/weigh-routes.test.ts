import { expect, test } from "vitest";
import { registry } from "./test-registry.ts";
import { type Wanted, weighRoutes } from "./weigh-routes.ts";

const weigh = (routes: string[], wanted: Partial<Wanted> = {}, reachable = true) =>
  weighRoutes(routes, { aspectRatio: "1:1", resolution: "auto", edit: false, ...wanted }, registry, {
    reachable,
  });

test("routes that can paint keep their order, described as a job needs them", () => {
  expect(weigh(["versatile/family/model", "plain/m"])).toEqual({
    able: [
      {
        provider: "versatile",
        model: "family/model",
        maxImagesPerCall: 4,
        typicalMs: 9_000,
        idempotent: true,
        findable: false,
        callsBack: true,
        cancelable: true,
        pollable: true,
      },
      {
        provider: "plain",
        model: "m",
        maxImagesPerCall: 1,
        typicalMs: 1_000,
        idempotent: false,
        findable: false,
        callsBack: false,
        cancelable: false,
        pollable: false,
      },
    ],
    unable: [],
  });
});

test("nobody calls back who cannot reach us", () => {
  expect(weigh(["versatile/m"], {}, false).able[0]?.callsBack).toBe(false);
});

test("an edit has its own limit of images a call, be it the higher one", () => {
  expect(weigh(["versatile/m"], { edit: true }).able[0]?.maxImagesPerCall).toBe(6);
});

test.each(["2k", "4k"] as const)("images of %s have their own limit a call, of edits too", (resolution) => {
  expect(weigh(["versatile/m"], { resolution }).able[0]?.maxImagesPerCall).toBe(1);
  expect(weigh(["versatile/m"], { resolution, edit: true }).able[0]?.maxImagesPerCall).toBe(1);
});

test.each<[string, Partial<Wanted>, object]>([
  ["nobody/m", {}, { reason: "unknown_provider" }],
  ["constructor/m", {}, { reason: "unknown_provider" }],
  ["keyless/m", {}, { reason: "not_configured", missing: ["KEYLESS_API_KEY"] }],
  ["twofold/m", {}, { reason: "not_configured", missing: ["TWOFOLD_ACCOUNT", "TWOFOLD_TOKEN"] }],
  ["plain/m", { edit: true }, { reason: "does_not_edit" }],
  ["plain/m", { resolution: "4k" }, { reason: "wrong_size", resolutions: ["auto", "1k"] }],
])("%s cannot paint %j", (route, wanted, obstacle) => {
  expect(weigh([route], wanted)).toMatchObject({ able: [], unable: [{ route, obstacle }] });
});

test("what one route cannot, another can", () => {
  const { able, unable } = weigh(["keyless/m", "plain/m", "versatile/m"], { resolution: "4k" });
  expect(able.map(({ provider }) => provider)).toEqual(["versatile"]);
  expect(unable.map(({ route }) => route)).toEqual(["keyless/m", "plain/m"]);
});
