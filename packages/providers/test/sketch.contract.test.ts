import { createSketch } from "@bluehour/providers";
import { testProvider } from "./provider-contract.ts";

const RENDER_MS = 800;

testProvider("sketch", {
  model: "default",
  without: "network",
  start: () => {
    let nowMs = Date.UTC(2026, 7, 1);
    return {
      provider: createSketch({ renderMs: RENDER_MS }),
      now: () => nowMs,
      finish: () => {
        nowMs += RENDER_MS;
      },
    };
  },
});
