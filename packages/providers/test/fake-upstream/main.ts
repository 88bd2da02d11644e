import { parseArgs } from "node:util";
import { DIALECTS, type FakedProvider, startFakeUpstream } from "./start-fake-upstream.ts";

// node packages/providers/test/fake-upstream/main.ts [--provider P] [--port P] [--key K] [--render-ms N]
const { values } = parseArgs({
  options: {
    provider: { type: "string", default: "magic-hour" },
    port: { type: "string", default: "0" },
    key: { type: "string", default: "fake-key" },
    "render-ms": { type: "string", default: "50" },
  },
});

const isFaked = (id: string): id is FakedProvider => Object.hasOwn(DIALECTS, id);
if (!isFaked(values.provider)) throw new Error(`--provider is one of ${Object.keys(DIALECTS).join(", ")}`);

const upstream = await startFakeUpstream({
  provider: values.provider,
  port: Number(values.port),
  apiKey: values.key,
  renderMs: Number(values["render-ms"]),
});
// One line, so that whoever started the process knows when and where.
console.log(`fake upstream listening at ${upstream.url}`);

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, () => {
    void upstream.close();
  });
}
