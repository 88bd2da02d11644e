import { expect, test } from "vitest";
import { EMPTY_DRAFT } from "../request/draft.ts";
import { writeCode } from "./write-code.ts";

const URL = "https://images.example.com";

test("Python says which models the SDK does not know", () => {
  const draft = { ...EMPTY_DRAFT, prompt: "a fox", model: "sketch/default" };
  expect(writeCode("Python", draft, URL)).toContain(
    `    # Takes Magic Hour's names only; for others use TypeScript or curl.\n    model="sketch/default",\n`,
  );
  expect(writeCode("Python", { ...draft, model: "default" }, URL)).not.toContain("model");
});

test("what is as the Worker has it anyway is left out", () => {
  const code = writeCode("TypeScript", { ...EMPTY_DRAFT, prompt: "a fox" }, URL);
  expect(code).toContain('style: { prompt: "a fox" }');
  expect(code).not.toMatch(/tool|resolution|model/);
});
