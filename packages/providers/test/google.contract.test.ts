import { createGoogle } from "@bluehour/providers";
import { onFake } from "./fake-contract.ts";
import { google } from "./fixtures/google/dialect.ts";
import { testProvider } from "./provider-contract.ts";

testProvider("google", {
  model: "gemini-2.5-flash-image",
  atOnce: true,
  start: onFake(google, createGoogle),
});
