import { createMagicHour } from "@bluehour/providers";
import type { ContractUpstream, Trouble } from "./contract-upstream.ts";
import type { FaultInput } from "./fake-upstream/fault.ts";
import { startFakeUpstream } from "./fake-upstream/start-fake-upstream.ts";

/** Magic Hour's adapter and its fake upstream, for the contract suite. */
export async function startMagicHourContract(): Promise<ContractUpstream> {
  const upstream = await startFakeUpstream({ renderMs: 0, apiKey: "mhk_test_secret" });
  return {
    provider: createMagicHour({ apiKey: upstream.apiKey, baseUrl: upstream.url }),
    key: upstream.apiKey,
    origin: upstream.url,
    script: (trouble) => upstream.script(faultOf(trouble)),
    stop: upstream.close,
  };
}

function faultOf(trouble: Trouble): FaultInput {
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
    case "dropped-after":
      return { type: "drop", on: trouble.on, after: true };
    case "invalid":
      return { type: "status", status: 422, on: "submit", message: trouble.message };
    case "moderated":
      return { type: "job-error", code: "content_policy_violation" };
    case "still-running":
      return { type: "slow", renderMs: 3_600_000 };
    case "odd-status":
      return { type: "odd-status" };
    case "vanished":
      return { type: "vanish" };
  }
}
