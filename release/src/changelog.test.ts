import { expect, test } from "vitest";
import { dateChangelog, notesOf, tellsOf } from "./changelog.ts";

const BEFORE = `# Changelog

## [Unreleased]

### Added

- A door.

## [0.1.0] - 2026-11-30

- A house.
`;

test("what is unreleased becomes the version's", () => {
  const after = dateChangelog(BEFORE, "0.2.0", "2026-12-24");
  expect(after).toContain("## [Unreleased]\n\n## [0.2.0] - 2026-12-24\n\n### Added\n\n- A door.\n");
  expect(notesOf(after, "0.2.0")).toBe("### Added\n\n- A door.");
  expect(notesOf(after, "Unreleased")).toBe("");
  expect(notesOf(after, "0.1.0")).toBe("- A house.");
});

test("a version that is told of is left as it is", () => {
  expect(tellsOf(BEFORE, "0.1.0")).toBe(true);
  expect(tellsOf(BEFORE, "0.1")).toBe(false);
  expect(dateChangelog(BEFORE, "0.1.0", "2026-12-24")).toBe(BEFORE);
});

test("a version of which there is nothing to tell is none", () => {
  const after = dateChangelog(BEFORE, "0.2.0", "2026-12-24");
  expect(() => dateChangelog(after, "0.3.0", "2026-12-25")).toThrow("nothing under ## [Unreleased]");
});
