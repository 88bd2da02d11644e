import type { JobEvent } from "@bluehour/core";
import { possibleImageKeys } from "../images/image-key.ts";
import { describeError } from "../log.ts";
import { withinLimit } from "../within-limit.ts";
import type { Effect } from "./effect-runner.ts";
import { configured, contextOf, type Outside } from "./outside.ts";

/** Does what the job owes to the outside. Never throws; null when there is nobody left to tell. */
export async function fulfilDuty(
  effect: Effect<"cancel-upstream" | "settle" | "announce" | "remove-outputs" | "erase">,
  outside: Outside,
): Promise<JobEvent | null> {
  const { duty, call } = effect;
  try {
    switch (effect.type) {
      case "cancel-upstream": {
        const provider = configured(outside, effect.route.provider);
        const outcome = await withinLimit(
          effect.limitMs,
          async (signal) =>
            provider.cancel?.(effect.operation, contextOf(outside, "", signal)) ?? ("unknown" as const),
        );
        return { type: "duty-succeeded", duty, call, outcome };
      }
      case "settle":
        await outside.settle(effect.settlement);
        break;
      case "announce":
        await outside.announce(effect);
        break;
      case "remove-outputs":
        await outside.bucket.delete(
          effect.images.flatMap((index) => possibleImageKeys(outside.jobId, index)),
        );
        break;
      case "erase":
        await outside.erase();
        return null;
    }
    return { type: "duty-succeeded", duty, call };
  } catch (error) {
    return { type: "duty-failed", duty, call, reason: describeError(error) };
  }
}
