import { expect, test } from "vitest";
import { isSigned, sign } from "./signing.ts";

test("a signature is known again, and nothing else is", async () => {
  const signature = await sign("secret", "callback", "job.1");
  expect(signature).toMatch(/^[\w-]{43}$/);
  expect(await isSigned("secret", "callback", "job.1", signature)).toBe(true);
  for (const [secret, purpose, text, other] of [
    ["another secret", "callback", "job.1", signature],
    ["secret", "upload", "job.1", signature],
    ["secret", "callback", "job.2", signature],
    ["secret", "callback", "job.1", signature.slice(1)],
    ["secret", "callback", "job.1", "not base64!"],
    ["secret", "callback", "job.1", ""],
  ] as const) {
    expect(await isSigned(secret, purpose, text, other)).toBe(false);
  }
});
