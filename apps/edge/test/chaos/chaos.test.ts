import { expect, test } from "vitest";
import { runChaos } from "./run-chaos.ts";

const NOTHING = { stuck: [], lost: [], damaged: [], doublePaid: [], strayObjects: [], creditsOff: [] };

test.each(["resubmit", "fail"] as const)(
  "killed twice while 30 jobs with all kinds of faults run, nothing is lost or paid twice: %s",
  async (unknownSubmission) => {
    const report = await runChaos({ seed: 11, jobs: 30, kills: 2, unknownSubmission });
    expect(report.verdict).toEqual(NOTHING);
    expect(Object.values(report.ended).reduce((sum, count) => sum + count, 0)).toBe(30);
    if (unknownSubmission === "fail") expect(report.resubmitted).toBe(0);
  },
  120_000,
);
