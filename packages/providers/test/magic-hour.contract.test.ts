import { createMagicHour } from "@bluehour/providers";
import { onFake } from "./fake-contract.ts";
import { magicHour } from "./fixtures/magic-hour/dialect.ts";
import { testProvider } from "./provider-contract.ts";

testProvider("magic-hour", { model: "flux-schnell", start: onFake(magicHour, createMagicHour) });
