import { expect, it } from "vitest";
import { decodeBase64, encodeBase64 } from "./base64.ts";

it.each([0, 1, 2, 3, 100_000])("takes %i bytes there and back as Node does", (length) => {
  const bytes = Uint8Array.from({ length }, (_, index) => (index * 31) % 256);
  const text = encodeBase64(bytes);
  expect(text).toBe(Buffer.from(bytes).toString("base64"));
  expect(decodeBase64(text)).toEqual(bytes);
});

it("says when it is no base64", () => {
  expect(decodeBase64("<html>")).toBeNull();
});
