import { type JobOrder, openJob } from "@bluehour/core";
import { expect, test } from "vitest";
import { HeldImages } from "./held-images.ts";

const IMAGE = { bytes: new Uint8Array([1, 2, 3]), contentType: "image/png" };

/** A job that mentions no image that is held. */
const JOB = openJob(
  { image: { imageCount: 0 }, routes: [{ maxImagesPerCall: 1 }] } as unknown as JobOrder,
  0,
);

function held(image: typeof IMAGE, call: number) {
  const images = new HeldImages();
  const source = images.hold(image, call);
  if (source.kind !== "held") throw new Error("Bytes are held");
  return { images, token: source.token };
}

test("an image stays while the call that brought it has not been told to the job", () => {
  const { images, token } = held(IMAGE, 7);
  images.keepOnly(JOB, new Set([7]));
  expect(images.open(token)).toMatchObject({ bytes: 3 });
});

test("an image that the job has heard of and does not want is let go of", () => {
  const { images, token } = held(IMAGE, 7);
  images.keepOnly(JOB, new Set());
  expect(images.open(token)).toBeNull();
});
