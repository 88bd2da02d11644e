import { parseArgs } from "node:util";
import { runChaos } from "./run-chaos.ts";

/** `pnpm run chaos [--seed N] [--jobs N] [--kills N] [--unknown-submission resubmit|fail]`: one JSON report. */
const { values } = parseArgs({
  options: {
    seed: { type: "string", default: `${Date.now() % 1_000_000}` },
    jobs: { type: "string", default: "300" },
    kills: { type: "string", default: "10" },
    "unknown-submission": { type: "string", default: "resubmit" },
  },
});

const report = await runChaos({
  seed: Number(values.seed),
  jobs: Number(values.jobs),
  kills: Number(values.kills),
  unknownSubmission: values["unknown-submission"] === "fail" ? "fail" : "resubmit",
});
console.log(JSON.stringify(report, null, 2));
if (Object.values(report.verdict).some((faults) => faults.length > 0)) process.exitCode = 1;
