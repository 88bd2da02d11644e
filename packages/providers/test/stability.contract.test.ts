import { createStability } from "@bluehour/providers";
import { onFake } from "./fake-contract.ts";
import { stability } from "./fixtures/stability/dialect.ts";
import { testProvider } from "./provider-contract.ts";

testProvider("stability", { model: "ultra", atOnce: true, start: onFake(stability, createStability) });
