import { type FailureKind, ProviderError, type RejectionCode } from "@bluehour/core";
import { clipMessage } from "../http-failure.ts";

interface Meaning {
  readonly kind: FailureKind;
  readonly rejection?: RejectionCode;
}
const INVALID: Meaning = { kind: "rejected", rejection: "invalid_input" };
const FORBIDDEN: Meaning = { kind: "unauthorized" };

/** https://developers.cloudflare.com/workers-ai/platform/errors/, but for 3030 and 5006 (an input that does not
 * match the model's schema), which are seen and not listed. */
const MEANINGS: ReadonlyMap<string, Meaning> = new Map(
  Object.entries<Meaning>({
    "3003": INVALID,
    "3006": INVALID,
    "3023": FORBIDDEN,
    "3030": { kind: "rejected", rejection: "content_rejected" },
    "3036": FORBIDDEN,
    "3041": FORBIDDEN,
    // No such model: perhaps not any more, and another route may have it.
    "3042": FORBIDDEN,
    "5004": INVALID,
    "5006": INVALID,
    "5007": FORBIDDEN,
    "5016": FORBIDDEN,
    "5018": FORBIDDEN,
  }),
);

/** `AiError: 3040: No more data centers to forward the request to` */
const CODE = /\b([358]\d{3}): /;

/**
 * The error of a run. With a code the model has not run to its end: out of capacity (3040), timed out (3007, 3008).
 * Without one nobody knows.
 */
export function workersAiFailure(cause: unknown, signal: AbortSignal): ProviderError {
  if (signal.aborted)
    return new ProviderError("unknown_outcome", "Workers AI did not answer in time", { cause });
  const text = cause instanceof Error ? cause.message : "";
  const code = CODE.exec(`${text} `)?.[1];
  if (code === undefined)
    return new ProviderError("unknown_outcome", "The connection to Workers AI broke", { cause });
  const { kind, rejection } = MEANINGS.get(code) ?? { kind: "unavailable" };
  return new ProviderError(kind, clipMessage(`Workers AI failed: ${text}`, []), { rejection, cause });
}
