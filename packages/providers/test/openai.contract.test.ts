import { createOpenai } from "@bluehour/providers";
import { onFake } from "./fake-contract.ts";
import { openai } from "./fixtures/openai/dialect.ts";
import { testProvider } from "./provider-contract.ts";

testProvider("openai", { model: "gpt-image-1", atOnce: true, start: onFake(openai, createOpenai) });
