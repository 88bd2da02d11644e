import { createBlackForestLabs } from "@bluehour/providers";
import { onFake } from "./fake-contract.ts";
import { blackForestLabs } from "./fixtures/black-forest-labs/dialect.ts";
import { testProvider } from "./provider-contract.ts";

testProvider("black-forest-labs", {
  model: "flux-2-pro",
  start: onFake(blackForestLabs, createBlackForestLabs),
});
