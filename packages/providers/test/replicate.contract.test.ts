import { createReplicate } from "@bluehour/providers";
import { onFake } from "./fake-contract.ts";
import { replicate } from "./fixtures/replicate/dialect.ts";
import { testProvider } from "./provider-contract.ts";

testProvider("replicate", {
  model: "black-forest-labs/flux-schnell",
  editor: "black-forest-labs/flux-kontext-pro",
  start: onFake(replicate, createReplicate),
});
