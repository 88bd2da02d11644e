import { beforeEach, expect, test, vi } from "vitest";
import { rejection } from "../test/rejection.ts";
import { BluehourError, NetworkError, RateLimitError, ServerError, ValidationError } from "./errors.ts";
import { retry } from "./retry.ts";
import { sleep } from "./sleep.ts";

// Pauses take no time, and are kept. Time limits stay as they are.
vi.mock(import("./sleep.ts"), () => ({ sleep: vi.fn(async (_ms, signal) => signal.throwIfAborted()) }));

beforeEach(() => {
  vi.mocked(sleep).mockClear();
  const random = vi.spyOn(Math, "random").mockReturnValue(0.5);
  return () => random.mockRestore();
});

const never = new AbortController().signal;

/** The pauses so far, in milliseconds. */
const pauses = () => vi.mocked(sleep).mock.calls.map(([ms]) => ms);

/** Fails so often with what `failure` makes, then succeeds. */
function run(failures: number, failure: () => unknown) {
  let tries = 0;
  const outcome = retry(never, async () => {
    if (tries++ < failures) throw failure();
    return "done";
  });
  return { outcome, tries: () => tries };
}

test("network errors and 5xx are tried again, with growing pauses", async () => {
  const { outcome } = run(4, () => new TypeError("fetch failed"));
  expect(await outcome).toBe("done");
  expect(pauses()).toEqual([300, 600, 1200, 2400]);
  expect(await run(1, () => new ServerError("", { status: 502 })).outcome).toBe("done");
});

test("the last failure is thrown when the tries are used up, with its reason", async () => {
  const cause = Object.assign(new AggregateError([]), { code: "ECONNREFUSED" });
  const { outcome, tries } = run(9, () => new TypeError("fetch failed", { cause }));
  expect((await rejection(outcome, NetworkError)).message).toBe("No usable answer: ECONNREFUSED");
  expect(tries()).toBe(5);
});

test("a try that got further than all before counts as the first", async () => {
  let progress = 0;
  const stages = [10, 10, 20, 5, 20, 20, 20];
  const outcome = retry(
    never,
    async () => {
      progress = stages.shift() ?? 0;
      throw new NetworkError(`${stages.length} left`);
    },
    { progress: () => progress },
  );
  expect((await rejection(outcome, NetworkError)).message).toBe("0 left");
  expect(pauses()).toEqual([300, 600, 300, 600, 1200, 2400]);
});

test("Retry-After is respected, up to a minute", async () => {
  const short = run(1, () => new RateLimitError("", { status: 429, retryAfterMs: 7000 }));
  expect(await short.outcome).toBe("done");
  expect(pauses()).toEqual([7150]);

  const long = run(1, () => new RateLimitError("", { status: 429, retryAfterMs: 61_000 }));
  expect((await rejection(long.outcome, RateLimitError)).retryAfterMs).toBe(61_000);
  expect(long.tries()).toBe(1);
});

test.each([
  new ValidationError("", { status: 400 }),
  new ServerError("", { status: 503, code: "not_configured" }),
  new ServerError("", { status: 501 }),
  new SyntaxError("Unexpected token <"),
])("another try cannot help: %s", async (failure) => {
  const { outcome, tries } = run(1, () => failure);
  await rejection(outcome, BluehourError);
  expect(tries()).toBe(1);
});

test("an abort ends the pause, and its reason is thrown", async () => {
  const { sleep: realSleep } = await vi.importActual<typeof import("./sleep.ts")>("./sleep.ts");
  vi.mocked(sleep).mockImplementationOnce(realSleep);
  const controller = new AbortController();
  const outcome = retry(controller.signal, async () => {
    setTimeout(() => controller.abort("enough"));
    throw new NetworkError("");
  });
  await expect(outcome).rejects.toBe("enough");
});

test("a try that never ends is given up and tried again", async () => {
  const attempt = async (signal: AbortSignal, tryNumber: number) => {
    if (tryNumber === 2) return "done";
    return new Promise<string>((_, reject) => {
      signal.addEventListener("abort", () => reject(signal.reason));
    });
  };
  const outcome = retry(never, attempt, { tryTimeoutMs: 5 });
  expect(await outcome).toBe("done");
});
