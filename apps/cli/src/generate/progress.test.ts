import { beforeEach, expect, test, vi } from "vitest";
import { createProgress } from "./progress.ts";

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubEnv("TERM", "xterm");
  return () => {
    vi.useRealTimers();
    vi.unstubAllEnvs();
  };
});

/** Progress on such a stream, and the lines that were drawn, one over the other. */
function draw(stream: { isTTY: boolean; columns?: number }) {
  let text = "";
  const progress = createProgress({ ...stream, write: (more) => (text += more) }, () => Date.now());
  return { progress, text: () => text, lines: () => text.split("\r\x1b[K").slice(1) };
}

test("on a terminal one line is drawn over and over, and cleared in the end", () => {
  const { progress, lines, text } = draw({ isTTY: true, columns: 80 });
  progress.note("starting the Worker");
  vi.advanceTimersByTime(100);
  progress.update({ status: "rendering", progress: 0.5 });
  progress.end();
  vi.advanceTimersByTime(1000);
  expect(lines()).toEqual([
    "⠋  starting the Worker  0.0 s",
    "⠙  starting the Worker  0.1 s",
    "⠙  rendering  ████████████░░░░░░░░░░░░ 50%  0.1 s",
    "",
  ]);
  expect(text()).not.toContain("\n");
});

test("a provider that does not say how far it is gets a bar that moves", () => {
  const { progress, lines } = draw({ isTTY: true });
  progress.update({ status: "rendering", progress: null });
  vi.advanceTimersByTime(4000);
  progress.end();
  const bars = lines().flatMap((line) => /[█░]+/.exec(line)?.[0] ?? []);
  expect(new Set(bars.map((bar) => bar.length))).toEqual(new Set([24]));
  expect(new Set(bars).size).toBe(21);
});

test("a narrow terminal gets no line that wraps", () => {
  const { progress, lines } = draw({ isTTY: true, columns: 20 });
  progress.note("waiting for another generate to end");
  expect(lines()[0]).toHaveLength(19);
  progress.end();
});

test.each(["a pipe", "a dumb terminal"])("%s gets a line a change", (kind) => {
  vi.stubEnv("TERM", "dumb");
  const { progress, text } = draw({ isTTY: kind !== "a pipe" });
  progress.note("starting the Worker");
  progress.update({ status: "rendering", progress: null });
  progress.update({ status: "rendering", progress: null });
  progress.update({ status: "rendering", progress: 0.25 });
  progress.update({ status: "complete", progress: 1 });
  progress.end();
  expect(text()).toBe("starting the Worker\nrendering\nrendering 25%\ncomplete\n");
});
