import { STYLE_TOOLS } from "@bluehour/contract";
import { STYLE_SHAPES } from "@bluehour/core";
import { expect, test } from "vitest";

// Here, since neither package may import the other.
test("there is a prompt shape for each style tool that callers can name, and for no other", () => {
  expect(Object.keys(STYLE_SHAPES).sort()).toEqual([...STYLE_TOOLS].sort());
  expect(STYLE_TOOLS).toHaveLength(35);
});
