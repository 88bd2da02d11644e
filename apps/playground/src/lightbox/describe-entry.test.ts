import { expect, test } from "vitest";
import { describeEntries, groupEntries } from "./describe-entry.ts";

const at = (ms: number) => new Date(1_790_000_000_000 + ms).toISOString();
const lines = (...entries: Parameters<typeof groupEntries>[0][number][]) =>
  groupEntries(entries).map((group) => describeEntries(group));

test("what happens to several images at once is one line", () => {
  expect(
    lines(
      { at: at(0), type: "queued" },
      { at: at(10), type: "submitted", part: 1, provider: "fal" },
      { at: at(11), type: "submitted", part: 2, provider: "fal" },
      { at: at(12), type: "submitted", part: 3, provider: "fal" },
      { at: at(2_000), type: "stored", image: 3 },
      { at: at(2_010), type: "stored", image: 1 },
      { at: at(9_000), type: "stored", image: 2 },
      { at: at(9_000), type: "completed" },
    ),
  ).toEqual([
    "Asked for, and safe from here on",
    "Sent images 1 to 3 to fal",
    "Stored images 1 and 3",
    "Stored image 2",
    "Complete",
  ]);
});

test("waits, reasons and refunds are told", () => {
  expect(
    lines(
      { at: at(0), type: "throttled", part: 1, provider: "fal", wait_ms: 1_500 },
      { at: at(1), type: "retried", part: 1, reason: "No answer", wait_ms: 250 },
      { at: at(2), type: "refunded", count: 5 },
    ),
  ).toEqual([
    "Fal asked to slow down; again in 1.5 s",
    "Tried image 1 again: No answer; again in 0.3 s",
    "Refunded 5 credits",
  ]);
});

test("a Worker may tell of what this page does not know", () => {
  expect(lines({ at: at(0), type: "sent_by_pigeon" })).toEqual(["Sent by pigeon"]);
});
