import { expect, test } from "vitest";
import { describeEntry } from "./describe-entry.ts";
import { registry } from "./test-registry.ts";

const describe = (routes: string[], editRoutes = routes) =>
  describeEntry({ routes, editRoutes, credits: 5 }, registry);

test("a model can do what any of its ready routes can, and takes as long as the first", () => {
  expect(describe(["plain/m", "keyless/m", "versatile/m"])).toEqual({
    routes: [
      { route: "plain/m", missing: [] },
      { route: "keyless/m", missing: ["KEYLESS_API_KEY"] },
      { route: "versatile/m", missing: [] },
    ],
    available: true,
    generates: true,
    edits: true,
    aspectRatios: ["1:1", "16:9", "9:16"],
    resolutions: ["auto", "1k", "2k", "4k"],
    typicalMs: 1_000,
  });
});

test("while no route is ready it says what the model could do, and what that takes", () => {
  expect(describe(["keyless/m", "nobody/m"], ["twofold/m"])).toEqual({
    routes: [
      { route: "keyless/m", missing: ["KEYLESS_API_KEY"] },
      { route: "nobody/m", missing: null },
      { route: "twofold/m", missing: ["TWOFOLD_ACCOUNT", "TWOFOLD_TOKEN"] },
    ],
    available: false,
    generates: true,
    edits: true,
    aspectRatios: [],
    resolutions: [],
    typicalMs: null,
  });
  expect(describe([], ["keyless/m"])).toMatchObject({ generates: false, edits: true });
  expect(describe(["keyless/m"], [])).toMatchObject({ generates: true, edits: false });
});

test("once a route is ready it says what can be done here and now", () => {
  expect(describe(["keyless/m"], ["versatile/m"])).toMatchObject({
    generates: false,
    edits: true,
    resolutions: ["auto", "2k", "4k"],
    typicalMs: 9_000,
  });
  expect(describe(["plain/m"])).toMatchObject({ generates: true, edits: false });
});
