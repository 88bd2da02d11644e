import { expect, test } from "vitest";
import { nearest } from "./nearest.ts";

const WORDS = ["generate", "dev", "landscape", "portrait", "ai-anime-generator", "general"];

test.each([
  ["genrate", "generate"],
  ["GENERATE", "generate"],
  ["gen", "generate"],
  ["lanscape", "landscape"],
  ["anime", "ai-anime-generator"],
  ["ai-anime-genrator", "ai-anime-generator"],
  ["xyz", undefined],
  ["", undefined],
])("%j means %j", (word, meant) => {
  expect(nearest(word, WORDS)).toBe(meant);
});
