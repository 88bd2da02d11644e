import * as z from "zod";
import type { Said } from "../http-failure.ts";

const detailSchema = z.looseObject({
  reason: z.string().nullish(),
  /** Of google.rpc.RetryInfo: `34s`. */
  retryDelay: z.string().nullish(),
  /** Of google.rpc.QuotaFailure. */
  violations: z.array(z.looseObject({ quotaId: z.string().nullish() })).nullish(),
});

/**
 * Google's errors (https://cloud.google.com/apis/design/errors). A wrong key is a 400 there; a quota of the day is a
 * 429 that no wait of ours outlasts, one of the minute says how long it wants.
 */
export const googleErrorSchema: z.ZodType<Said> = z
  .object({
    error: z.object({ message: z.string(), details: z.array(detailSchema).nullish() }),
  })
  .transform(({ error: { message, details } }) => {
    const all = details ?? [];
    const isBadKey = all.some(({ reason }) => reason?.startsWith("API_KEY_"));
    const isDaily = all.some(({ violations }) =>
      violations?.some(({ quotaId }) => /PerDay/.test(quotaId ?? "")),
    );
    const seconds = all
      .map(({ retryDelay }) => /^(\d+(?:\.\d+)?)s$/.exec(retryDelay ?? "")?.[1])
      .find(Boolean);
    return {
      message,
      ...(isBadKey || isDaily ? { kind: "unauthorized" as const } : {}),
      ...(seconds === undefined ? {} : { retryAfterMs: Number(seconds) * 1000 }),
    };
  });
