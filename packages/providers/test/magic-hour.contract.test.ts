import { startMagicHourContract } from "./magic-hour-contract.ts";
import { testProvider } from "./provider-contract.ts";

testProvider("magic-hour", { model: "flux-schnell", start: startMagicHourContract });
