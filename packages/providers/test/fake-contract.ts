import type { Provider } from "@bluehour/core";
import type { ContractUpstream, Trouble } from "./contract-upstream.ts";
import type { Dialect } from "./fake-upstream/dialect.ts";
import type { FaultInput } from "./fake-upstream/fault.ts";
import { startFake } from "./fake-upstream/start-fake.ts";

/**
 * An adapter and the fake of its provider, for the contract suite.
 *
 * @example testProvider("fal", { model: "fal-ai/flux/schnell", start: onFake(fal, createFal) });
 */
export function onFake(
  dialect: Dialect,
  create: (settings: { apiKey: string; baseUrl: string }) => Provider,
): () => Promise<ContractUpstream> {
  return async () => {
    const upstream = await startFake(dialect, { renderMs: 0, apiKey: "key_test_secret" });
    return {
      provider: create({ apiKey: upstream.apiKey, baseUrl: upstream.url }),
      ...(dialect.key === undefined
        ? {}
        : {
            key: upstream.apiKey,
            stranger: create({ apiKey: "key_of_a_stranger", baseUrl: upstream.url }),
          }),
      origin: upstream.url,
      submits: upstream.submits,
      callbacks: upstream.callbacks,
      script: (trouble) => {
        const fault = faultOf(trouble);
        if (fault !== undefined) upstream.script(fault);
      },
      stop: upstream.close,
    };
  };
}

/** What to script; undefined where the bench makes the trouble itself. */
export function faultOf(trouble: Trouble): FaultInput | undefined {
  switch (trouble.type) {
    case "throttled":
      return { type: "status", status: 429, on: trouble.on, retryAfterSeconds: trouble.retryAfterSeconds };
    case "server-error":
      return { type: "status", status: 503, on: trouble.on };
    case "gateway-timeout":
      return { type: "status", status: 504, on: trouble.on };
    case "garbage":
      return { type: "garbage", on: trouble.on };
    case "unauthorized":
      return { type: "status", status: 401, on: trouble.on, message: "Unauthorized" };
    case "hung":
      return { type: "hang", on: trouble.on };
    case "dropped":
      return { type: "drop", on: trouble.on };
    case "cut":
      return { type: "cut", on: trouble.on };
    case "dropped-after":
      return { type: "drop", on: trouble.on, after: true };
    case "invalid":
      return { type: "status", status: 422, on: "submit", message: trouble.message };
    case "no-such-model":
      return { type: "status", status: 404, on: "submit", message: "No such model" };
    case "moderated":
      return { type: "moderated" };
    case "canceled":
      return { type: "canceled" };
    case "expired-url":
      return { type: "expired-url" };
    case "still-running":
      return { type: "slow", renderMs: 3_600_000 };
    case "odd-status":
      return { type: "odd-status" };
    case "vanished":
      return { type: "vanish" };
    case "unreachable":
      return undefined;
  }
}
