import { parseArgs } from "node:util";
import { startFakeUpstream } from "./start-fake-upstream.ts";

// node packages/providers/test/fake-upstream/main.ts [--port P] [--key K] [--render-ms N]
const { values } = parseArgs({
  options: {
    port: { type: "string", default: "0" },
    key: { type: "string", default: "fake-key" },
    "render-ms": { type: "string", default: "50" },
  },
});

const upstream = await startFakeUpstream({
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
