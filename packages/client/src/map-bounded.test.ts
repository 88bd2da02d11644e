import { expect, test } from "vitest";
import { mapBounded } from "./map-bounded.ts";

test("works on so many at a time, and keeps the order and the failures", async () => {
  let now = 0;
  let most = 0;
  const outcomes = await mapBounded(["a", "b", "c", "d", "e"], 2, async (item) => {
    most = Math.max(most, ++now);
    for (let turn = item.charCodeAt(0) % 3; turn >= 0; turn--) await Promise.resolve();
    now--;
    if (item === "b") throw new Error("no");
    return item.toUpperCase();
  });
  expect(most).toBe(2);
  expect(outcomes.map((outcome) => (outcome.status === "fulfilled" ? outcome.value : "-")).join("")).toBe(
    "A-CDE",
  );
});

test("nothing to do", async () => {
  expect(await mapBounded([], 4, () => Promise.reject())).toEqual([]);
});
