import { expect, it } from "vitest";
import type { ContractBench } from "./contract-bench.ts";

/** Nobody listens there: that it was called is enough. */
const CALLBACK_URL = "http://127.0.0.1:9/callbacks/job/0/signature";

/** What a provider must do only if it says that it can: look submits up, call back, stop. */
export function testAbilities(benchOfTest: () => ContractBench, model: string): void {
  it("looks up what became of a submit if it says that it can", async () => {
    const bench = benchOfTest();
    if (bench.provider.find === undefined) return;
    expect(await bench.find()).toEqual({ status: "absent" });
    bench.script({ type: "dropped-after", on: "submit" });
    expect((await bench.submitFailure()).kind).toBe("unknown_outcome");
    const found = await bench.find();
    if (found.status === "absent") expect.fail("the submit was not found");
    if (found.status === "running") {
      expect((await bench.pollWhenDone(found.operation)).status).toBe("done");
    }
    await bench.stop();
    await expect(bench.find()).rejects.toMatchObject({ kind: "unavailable" });
  });

  it("has its provider call back if it says that it can", async () => {
    const bench = benchOfTest();
    const { callbacks, provider } = bench.upstream;
    if (!provider.describe(model).capabilities.callback) return;
    await bench.begin({ callbackUrl: CALLBACK_URL });
    await expect.poll(() => callbacks?.map(({ url }) => url)).toEqual([CALLBACK_URL]);
  });

  it("tells a good key from another if it says that it can, and paints nothing to find out", async () => {
    const bench = benchOfTest();
    const { stranger, submits } = bench.upstream;
    if (bench.provider.check === undefined) return;
    expect(await bench.check()).toBeUndefined();
    if (stranger) expect(await bench.check(stranger)).toMatchObject({ kind: "unauthorized" });
    expect(submits).toEqual([]);
    expect(bench.leaks).toEqual([]);
  });

  it("claims nothing of its key when the answer is lost or makes no sense", async () => {
    const bench = benchOfTest();
    if (bench.provider.check === undefined) return;
    for (const type of ["server-error", "garbage", "dropped", "cut"] as const) {
      bench.script({ type, on: "check" });
      expect(await bench.check()).toMatchObject({ kind: "unavailable" });
    }
    await bench.stop();
    expect(await bench.check()).toMatchObject({ kind: "unavailable" });
  });

  it("stops a running operation if it says that it can, and claims nothing if it cannot", async () => {
    const bench = benchOfTest();
    const can = bench.provider.describe(model).capabilities.cancel;
    bench.script({ type: "still-running" });
    const outcome = await bench.beginAndCancel();
    if (outcome === undefined) return expect(can).toBe(false);
    expect(can ? ["canceled"] : ["unknown", "too_late"]).toContain(outcome);
  });

  it("does not take the cancel of a vanished operation for a failure", async () => {
    const bench = benchOfTest();
    if (bench.upstream.script === undefined) return;
    bench.script({ type: "vanished" });
    expect(["unknown", "too_late", undefined]).toContain(await bench.beginAndCancel());
  });
}
