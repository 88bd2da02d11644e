import type { Obstacle, Wanted } from "@bluehour/core";
import { expect, test } from "vitest";
import { refuseModel } from "./refuse-model.ts";

const refuse = (obstacles: [route: string, Obstacle][], wanted: Partial<Wanted> = {}) =>
  refuseModel(
    "house",
    { aspectRatio: "16:9", resolution: "4k", edit: false, ...wanted },
    { able: [], unable: obstacles.map(([route, obstacle]) => ({ route, obstacle })) },
  );

const waits = (...missing: string[]): Obstacle => ({ reason: "not_configured", missing });
const UNKNOWN: Obstacle = { reason: "unknown_provider" };
const NO_EDIT: Obstacle = { reason: "does_not_edit" };
const UP_TO_1K: Obstacle = {
  reason: "wrong_size",
  aspectRatios: ["1:1", "16:9"],
  resolutions: ["auto", "1k"],
};

test("where only keys are missing, it names every variable that would do, each once", () => {
  const error = refuse([
    ["fal/a", waits("FAL_API_KEY")],
    ["both/b", waits("BOTH_ACCOUNT", "BOTH_TOKEN")],
    ["fal/c", waits("FAL_API_KEY")],
    ["nobody/d", UNKNOWN],
  ]);
  expect(error.code).toBe("model_unavailable");
  expect(error.message).toBe(
    'No provider is configured for model "house": set FAL_API_KEY or BOTH_ACCOUNT and BOTH_TOKEN',
  );
});

test("where no key would help, it says which providers there are not", () => {
  expect(refuse([["nobody/m", UNKNOWN]]).message).toContain("this deployment has no provider nobody");
});

test("where a size is the obstacle, it says which there are", () => {
  const error = refuse([["p/m", UP_TO_1K]]);
  expect(error.code).toBe("unprocessable");
  expect(error.message).toBe('Model "house" does not paint 16:9 at 4k: use auto, 1k');
  expect(refuse([["p/m", UP_TO_1K]], { aspectRatio: "9:16" }).message).toContain("try another aspect ratio");
});

test("and which keys would bring the routes that were not even asked", () => {
  const others: [string, Obstacle][] = [["fal/m", waits("FAL_API_KEY")]];
  expect(refuse([["p/m", UP_TO_1K], ...others]).message).toMatch(/; its other routes need FAL_API_KEY$/);
  expect(refuse([["p/m", NO_EDIT], ...others], { edit: true }).message).toBe(
    'Model "house" does not edit images: use another model; its other routes need FAL_API_KEY',
  );
});

test("a model that was never meant to edit, or only to, says so whatever the keys", () => {
  expect(refuse([], { edit: true }).message).toBe('Model "house" does not edit images: use another model');
  expect(refuse([]).message).toBe('Model "house" only edits images: use /v1/ai-image-editor');
});
