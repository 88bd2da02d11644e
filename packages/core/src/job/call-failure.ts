import { ProviderError } from "../provider.ts";
import type { CallFailure } from "./event.ts";

/** Longest reason kept, in characters. */
const MAX_REASON_LENGTH = 300;

/**
 * Turns whatever an adapter threw into plain data. Adapters throw only `ProviderError`; anything else is a fault of
 * ours, and its message, which may hold anything, stays out of the record.
 *
 * @param unforeseen - the kind to assume for an error that is not a `ProviderError`
 */
export function describeFailure(error: unknown, unforeseen: CallFailure["kind"]): CallFailure {
  if (!(error instanceof ProviderError))
    return { kind: unforeseen, reason: "The adapter failed unexpectedly" };
  return {
    kind: error.kind,
    reason: error.message.slice(0, MAX_REASON_LENGTH),
    ...(error.rejection === undefined ? {} : { rejection: error.rejection }),
    ...(error.retryAfterMs === undefined ? {} : { retryAfterMs: error.retryAfterMs }),
  };
}
