import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { testAbilities } from "./ability-contract.ts";
import { ContractBench, INPUT_URL } from "./contract-bench.ts";
import type { ContractOptions, Trouble } from "./contract-upstream.ts";

/**
 * What every provider must do, whatever its API looks like: the job believes it without looking.
 *
 * @example testProvider("fal", { model: "fal-ai/flux/schnell", start: onFake(fal, createFal) });
 */
export function testProvider(name: string, options: ContractOptions): void {
  const { model, start, atOnce = false, without = [] } = options;
  const canHave = (trouble: Trouble["type"]) =>
    without === "network" ? trouble === "still-running" : !without.includes(trouble);
  // What a provider cannot meet is no test of it, not a skipped one.
  const itIf = (possible: boolean) => (possible ? it : () => undefined);
  const itWith = (trouble: Trouble["type"]) => itIf(canHave(trouble));
  const itPolledWith = (trouble: Trouble["type"]) => itIf(canHave(trouble) && !atOnce);

  describe(`${name} as a provider`, () => {
    let bench: ContractBench;
    beforeEach(async () => {
      bench = new ContractBench(await start(), model);
    });
    afterEach(() => bench.stop());

    it("describes known and unknown models with limits that can be used", () => {
      for (const asked of [model, "a-model-that-nobody-knows"]) {
        const described = bench.provider.describe(asked);
        expect(described.maxImagesPerCall).toBeGreaterThanOrEqual(1);
        expect(described.typicalMs).toBeGreaterThan(0);
        expect(described.aspectRatios.length).toBeGreaterThan(0);
        expect(described.resolutions.length).toBeGreaterThan(0);
      }
    });

    it("paints one image", async () => {
      expect(await bench.paint({ count: 1 })).toHaveLength(1);
    });

    it("paints as many different images as the model takes in one call", async () => {
      const { maxImagesPerCall } = bench.provider.describe(model);
      const images = await bench.paint({ count: maxImagesPerCall });
      expect(new Set(images).size).toBe(maxImagesPerCall);
    });

    it("paints four images in as many calls as that takes", async () => {
      const size = Math.min(4, bench.provider.describe(model).maxImagesPerCall);
      const images: string[] = [];
      for (let firstIndex = 0; firstIndex < 4; firstIndex += size) {
        images.push(...(await bench.paint({ count: Math.min(size, 4 - firstIndex), firstIndex })));
      }
      expect(new Set(images).size).toBe(4);
    });

    it("paints every shape that the model has", async () => {
      for (const aspectRatio of bench.provider.describe(model).aspectRatios) {
        expect(await bench.paint({ aspectRatio })).toHaveLength(1);
      }
    });

    it("edits an input image where it says that it can", async () => {
      const editor = [options.editor, model, "default"].find(
        (one) => one !== undefined && bench.provider.describe(one).capabilities.edit,
      );
      if (editor === undefined) return;
      expect(
        await bench.paint({ model: editor, inputs: [{ url: INPUT_URL, reachable: true }] }),
      ).toHaveLength(1);
    });

    itIf(!atOnce)("keeps its operation as JSON without the key", async () => {
      const operation = await bench.begin();
      expect(operation).toBeDefined();
      expect(JSON.parse(JSON.stringify(operation))).toEqual(operation);
      if (bench.upstream.key) expect(JSON.stringify(operation)).not.toContain(bench.upstream.key);
    });

    it("sends its key to its own host only", async () => {
      await bench.paint({ count: 1 });
      expect(bench.leaks).toEqual([]);
    });

    itPolledWith("still-running")("says running while the provider works", async () => {
      bench.script({ type: "still-running" });
      expect(await bench.beginAndPoll()).toMatchObject({ status: "running" });
    });

    itPolledWith("odd-status")("takes a status it does not know for running", async () => {
      bench.script({ type: "odd-status" });
      expect(await bench.beginAndPoll()).toMatchObject({ status: "running" });
    });

    for (const on of atOnce ? (["submit"] as const) : (["submit", "poll"] as const)) {
      itWith("throttled")(`passes on how long to wait when a ${on} is throttled`, async () => {
        const error = await bench.failure({ type: "throttled", on, retryAfterSeconds: 7 });
        expect(error).toMatchObject({ kind: "throttled", retryAfterMs: 7000 });
      });

      itWith("unauthorized")(`says unauthorized when a ${on} is refused its key`, async () => {
        expect((await bench.failure({ type: "unauthorized", on })).kind).toBe("unauthorized");
      });

      itWith("server-error")(`says unavailable when a ${on} meets a server error`, async () => {
        expect((await bench.failure({ type: "server-error", on })).kind).toBe("unavailable");
      });

      const lost = on === "submit" ? "unknown_outcome" : "unavailable";
      for (const type of ["gateway-timeout", "garbage", "hung", "dropped", "cut"] as const) {
        itWith(type)(`says ${lost} when a ${on} meets: ${type}`, async () => {
          expect((await bench.failure({ type, on })).kind).toBe(lost);
        });
      }
    }

    itWith("dropped-after")(
      "says unknown_outcome when the answer of an accepted submit is lost",
      async () => {
        expect((await bench.failure({ type: "dropped-after", on: "submit" })).kind).toBe("unknown_outcome");
      },
    );

    itWith("unreachable")("says unavailable when nothing can have been sent", async () => {
      await bench.stop();
      expect((await bench.submitFailure()).kind).toBe("unavailable");
    });

    itIf(without !== "network")("sends nothing once the time limit is over", async () => {
      bench.abort();
      expect((await bench.submitFailure()).kind).toBe("unavailable");
      expect(bench.calls).toBe(0);
    });

    itWith("invalid")(
      "rejects what the provider calls invalid, in a short message without the key",
      async () => {
        const key = bench.upstream.key ?? "keyless";
        const message = `Cannot paint with ${key}\n${"because ".repeat(500)}`;
        const error = await bench.failure({ type: "invalid", message });
        expect(error).toMatchObject({ kind: "rejected", rejection: "invalid_input" });
        expect(error.message).toContain("Cannot paint with");
        if (bench.upstream.key) expect(error.message).not.toContain(key);
        expect(error.message.length).toBeLessThan(300);
      },
    );

    itWith("no-such-model")("says unauthorized when the provider has no such model for our key", async () => {
      expect((await bench.failure({ type: "no-such-model" })).kind).toBe("unauthorized");
    });

    itWith("moderated")("rejects the content that the provider moderates", async () => {
      const error = await bench.failure({ type: "moderated" });
      expect(error).toMatchObject({ kind: "rejected", rejection: "content_rejected" });
    });

    itPolledWith("vanished")(
      "fails an operation that the provider does not know after a minute",
      async () => {
        bench.script({ type: "vanished" });
        const polled = await bench.beginAndPoll(60_000);
        expect(polled).toMatchObject({ status: "failed", error: { kind: "unavailable" } });
      },
    );

    itPolledWith("canceled")("fails an operation that was canceled upstream", async () => {
      bench.script({ type: "canceled" });
      expect(await bench.beginAndPoll()).toMatchObject({ status: "failed", error: { kind: "unavailable" } });
    });

    itPolledWith("expired-url")("asks for new addresses where those it got have expired", async () => {
      bench.script({ type: "expired-url" });
      expect(await bench.statusesOfTwoPolls()).toEqual([403, 200]);
    });

    testAbilities(() => bench, model);
  });
}
