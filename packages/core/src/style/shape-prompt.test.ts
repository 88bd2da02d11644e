import { expect, test } from "vitest";
import { shapePrompt } from "./shape-prompt.ts";
import { STYLE_SHAPES } from "./style-shapes.ts";

const tools = Object.keys(STYLE_SHAPES).filter((tool) => tool !== "general");

test.each(tools)("%s keeps the caller's words, in front, and adds its own", (tool) => {
  const { prompt, negative } = shapePrompt({ prompt: "a fox in the snow", tool });
  expect(prompt).toMatch(/^a fox in the snow\. [A-Z].+\. Composition: .+\.$/);
  expect(negative).not.toBe("");
});

test("no two tools ask for the same", () => {
  const prompts = tools.map((tool) => shapePrompt({ prompt: "a fox", tool }).prompt);
  expect(new Set(prompts).size).toBe(tools.length);
});

test("no tool names a brand: providers refuse those", () => {
  const all = Object.values(STYLE_SHAPES).flatMap((shape) => Object.values(shape));
  expect(all.join(" ")).not.toMatch(/disney|pixar|pok[eé]mon|south park|marvel|dungeons/i);
});

test.each(["general", "from-tomorrow", "constructor", "__proto__"])("%s leaves the prompt alone", (tool) => {
  expect(shapePrompt({ prompt: " a fox ", tool })).toEqual({ prompt: " a fox ", negative: "" });
});

test.each(["What does the fox say?", "狐は何と言う。"])(
  "a sentence that has ended is not ended again: %s",
  (prompt) => {
    const shaped = shapePrompt({ prompt, tool: "ai-sketch-generator" }).prompt;
    expect(shaped.startsWith(`${prompt} Pencil sketch`)).toBe(true);
  },
);

test("where a model reads few characters the composition goes first, then the style, never the words", () => {
  const ask = (maxLength: number) =>
    shapePrompt({ prompt: "a fox", tool: "ai-icon-generator", maxLength }).prompt;
  expect(ask(1000)).toContain("Composition:");
  expect(ask(110)).toMatch(/^a fox\. App icon.+gradient\.$/);
  expect(ask(50)).toBe("a fox");
  expect(ask(3)).toBe("a fox");
});
