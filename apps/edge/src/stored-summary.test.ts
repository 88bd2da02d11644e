import { expect, test } from "vitest";
import { toProject } from "./project.ts";
import { readSummary, type StoredSummary } from "./stored-summary.ts";

const ID = "0".repeat(64);

const output = (number: number) => ({
  key: `${ID}-${number}.png`,
  contentType: "image/png",
  width: 1024,
  height: 576,
  bytes: 99,
  sha256: "00",
});

/** As jobs were written down before their images had a state of their own. */
const old: StoredSummary = {
  id: ID,
  accountId: "default",
  type: "AI_IMAGE",
  name: "old",
  status: "complete",
  imageCount: 11,
  model: "default",
  provider: "sketch",
  createdAt: 0,
  startedAt: 1,
  completedAt: 2,
  expiresAt: 3,
  creditsCharged: 55,
  creditsRefunded: 45,
  outputs: [output(1), output(11)],
  failure: null,
  progress: 1,
};

test("a job that was written down of old is told of like any other, as far as is known", () => {
  const project = toProject(old, "https://images.example");
  expect(project).toMatchObject({ status: "complete", aspect_ratio: "16:9", credits_charged: 10 });
  expect(project.downloads.map(({ url }) => url)).toEqual(
    [1, 11].map((number) => `https://images.example/${ID}-${number}.png`),
  );
  expect(project.images.map(({ index }) => index)).toEqual(Array.from({ length: 11 }, (_, index) => index));
  expect(project.images.filter(({ download }) => download).map(({ index }) => index)).toEqual([0, 10]);
  expect(new Set(project.images.slice(1, 10).map(({ status }) => status))).toEqual(new Set(["error"]));
});

test("one that still ran then, or ended without images, has none", () => {
  for (const status of ["rendering", "canceled", "error"] as const) {
    const { images } = readSummary({ ...old, status, outputs: [] });
    expect(images.map((image) => [image.status, image.output])).toEqual(Array(11).fill([status, null]));
  }
});
