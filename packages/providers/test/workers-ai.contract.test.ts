import { createWorkersAi } from "@bluehour/providers";
import { FakeBinding } from "./fixtures/workers-ai/fake-binding.ts";
import { testProvider } from "./provider-contract.ts";

// A binding has no HTTP: it names no wait, has no gateway, and is always there.
testProvider("workers-ai", {
  model: "@cf/black-forest-labs/flux-2-klein-4b",
  atOnce: true,
  without: ["throttled", "gateway-timeout", "unreachable"],
  start: () => {
    const binding = new FakeBinding();
    return {
      provider: createWorkersAi({ run: binding.run }),
      script: (trouble) => binding.script(trouble),
      hungCall: binding.hungCall,
    };
  },
});
