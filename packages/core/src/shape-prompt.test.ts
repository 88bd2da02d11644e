import { expect, test } from "vitest";
import { shapePrompt } from "./shape-prompt.ts";
import { STYLE_SHAPES } from "./style-shapes.ts";

const tools = Object.keys(STYLE_SHAPES);

test("there is a shape for each of the 35 tools, and no two are alike", () => {
  expect(tools).toHaveLength(35);
  expect(new Set(tools.map((tool) => shapePrompt("a fox", tool).prompt)).size).toBe(35);
});

test.each(tools)("%s changes the prompt, after the caller's words", (tool) => {
  const shaped = shapePrompt("a fox ", tool);
  expect(shaped.prompt).toMatch(/^a fox\. Style: .+\. Composition: .+\.$/);
  expect(shaped.prompt.length).toBeLessThan(260);
  expect(shaped.negative).not.toBe("");
});

test.each(["from-tomorrow", "constructor", "__proto__"])(
  "the tool %s, which is none, changes nothing",
  (tool) => {
    expect(shapePrompt("a fox", tool)).toEqual({ prompt: "a fox", negative: "" });
  },
);

test("a sentence that has ended is not ended again", () => {
  expect(shapePrompt("What does the fox say?", "general").prompt).toMatch(/^What does the fox say\? Style: /);
});

test("a limit cuts the style first, and never a character in two", () => {
  expect(shapePrompt("a fox", "general", 20).prompt).toBe("a fox. Style: well c");
  expect(shapePrompt("🦊🦊🦊", "general", 3).prompt).toBe("🦊");
});
