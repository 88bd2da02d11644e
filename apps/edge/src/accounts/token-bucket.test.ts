import fc from "fast-check";
import { expect, test } from "vitest";
import { TokenBucket } from "./token-bucket.ts";

test("a fresh bucket admits a minute's worth at once, and not one more", () => {
  let fullAt = 0;
  for (let left = 119; left >= 0; left--) {
    fullAt = new TokenBucket(fullAt, 120, 1_000).take() ?? Number.NaN;
    expect(new TokenBucket(fullAt, 120, 1_000).rateLimit.remaining).toBe(left);
  }
  expect(new TokenBucket(fullAt, 120, 1_000).take()).toBeNull();
});

test("whoever comes back when told to is admitted", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 10_000 }), fc.nat(2_000_000_000_000), (perMinute, now) => {
      let fullAt = 0;
      for (let taken = 0; taken < perMinute; taken++)
        fullAt = new TokenBucket(fullAt, perMinute, now).take() ?? Number.NaN;
      const { remaining, resetSeconds } = new TokenBucket(fullAt, perMinute, now).rateLimit;
      expect(remaining).toBe(0);
      expect(resetSeconds).toBeGreaterThan(0);
      expect(new TokenBucket(fullAt, perMinute, now + resetSeconds * 1000).take()).not.toBeNull();
    }),
    { numRuns: 50 },
  );
});

test("over any time no more is admitted than a bucket and what flowed in", () => {
  const pauses = fc.array(fc.nat(2_000), { minLength: 1, maxLength: 300 });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 200 }), pauses, (perMinute, pauses) => {
      let [now, fullAt, admitted] = [1_000_000, 0, 0];
      for (const pause of pauses) {
        now += pause;
        const taken = new TokenBucket(fullAt, perMinute, now).take();
        if (taken === null) continue;
        fullAt = taken;
        admitted += 1;
      }
      expect(admitted).toBeLessThanOrEqual(perMinute + ((now - 1_000_000) * perMinute) / 60_000 + 1e-6);
    }),
  );
});

test("a limit that is lowered, or a clock set back, makes nobody wait longer than a minute", () => {
  expect(new TokenBucket(10_000_000_000, 60, 1_000).rateLimit).toEqual({
    limit: 60,
    windowSeconds: 60,
    remaining: 0,
    resetSeconds: 1,
  });
});
