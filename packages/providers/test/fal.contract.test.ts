import { createFal } from "@bluehour/providers";
import { onFake } from "./fake-contract.ts";
import { fal } from "./fixtures/fal/dialect.ts";
import { testProvider } from "./provider-contract.ts";

testProvider("fal", {
  model: "fal-ai/flux/schnell",
  editor: "fal-ai/nano-banana",
  start: onFake(fal, createFal),
});
