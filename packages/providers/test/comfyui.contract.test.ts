import { createComfyui } from "@bluehour/providers";
import { onFake } from "./fake-contract.ts";
import { comfyui } from "./fixtures/comfyui/dialect.ts";
import { testProvider } from "./provider-contract.ts";

// One's own machine moderates nothing, and its addresses do not expire.
testProvider("comfyui", {
  model: "default",
  without: ["moderated", "expired-url"],
  start: onFake(comfyui, createComfyui),
});
