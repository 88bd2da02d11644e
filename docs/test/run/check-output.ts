import { expect } from "vitest";

/** What a comment in a block of shell says is printed: `# {"id": …}`, on as many lines as it takes. */
export function samplesIn(code: string): string {
  const lines = code.split("\n");
  return lines
    .filter((line, index) => /^# *[{["]/.test(line) || (/^# {2,}/.test(line) && isSample(lines, index)))
    .join("\n");
}

function isSample(lines: readonly string[], index: number): boolean {
  const before = lines[index - 1] ?? "";
  return /^# *[{["]/.test(before) || (/^# {2,}/.test(before) && isSample(lines, index - 1));
}

/** Holds a sample of an answer against the answer: each key is there, whatever its value. */
export function expectKeys(sample: string, printed: string): void {
  const keys = [...sample.matchAll(/"(\w+)":/g)].map(([key]) => key.replace(/\s/g, ""));
  const there = printed.replaceAll(/"\s*:/g, '":');
  expect(
    keys.filter((key) => !there.includes(key)),
    printed,
  ).toEqual([]);
}

/** Holds a table of labels and values, or a header a line, against what was printed: each label is there. */
export function expectLabels(sample: string, printed: string): void {
  const labels = sample
    .split("\n")
    .flatMap((line) => /^([A-Z][\w-]*(?: \w+)?)(?: {2,}|: )/.exec(line)?.[1] ?? []);
  expect(labels.length).toBeGreaterThan(0);
  expect(
    labels.filter((label) => !printed.includes(label)),
    printed,
  ).toEqual([]);
}
