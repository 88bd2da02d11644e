import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { publishedPackages, WORKSPACE_ROOT } from "./published-packages.ts";
import { releaseFaults } from "./release-faults.ts";

const directory = "packages/client";
const repository = { type: "git", url: "git+https://github.com/acme/bluehour.git", directory };
const client = { name: "@bluehour/client", version: "0.2.0", private: false, directory, repository };
const sound = { packages: [client], changelog: "\n## [0.2.0] - 2026-12-24\n", runsIn: "acme/bluehour" };

test("a sound release has no faults, here and in its workflow", () => {
  expect(releaseFaults(sound)).toEqual([]);
  expect(releaseFaults({ ...sound, runsIn: undefined })).toEqual([]);
});

test("a package without a repository says what to set", () => {
  expect(releaseFaults({ ...sound, packages: [{ ...client, repository: undefined }] })).toEqual([
    'packages/client/package.json has no "repository": whoever releases first sets it, to ' +
      '{"type":"git","url":"git+https://github.com/acme/bluehour.git","directory":"packages/client"}',
  ]);
});

test.each([
  [
    { ...repository, url: "git+https://github.com/somebody/bluehour.git" },
    "the release runs in acme/bluehour",
  ],
  [{ ...repository, directory: "client" }, "says that it is in client of its repository"],
])("%j is refused", (wrong, message) => {
  expect(releaseFaults({ ...sound, packages: [{ ...client, repository: wrong }] })).toEqual([
    expect.stringContaining(message),
  ]);
});

test("versions that differ, and a version that nobody is told of, are refused", () => {
  expect(releaseFaults({ ...sound, packages: [client, { ...client, version: "0.3.0" }] })).toEqual([
    "the packages differ in version",
  ]);
  expect(releaseFaults({ ...sound, changelog: "" })).toEqual([
    'CHANGELOG.md has no "## [0.2.0]": run "pnpm run release:version"',
  ]);
});

test("what is published is the client, and the contract whose types it needs", async () => {
  const packages = await publishedPackages();
  expect(packages.map(({ name }) => name).toSorted()).toEqual(["@bluehour/client", "@bluehour/contract"]);
  const changelog = await readFile(join(WORKSPACE_ROOT, "CHANGELOG.md"), "utf8");
  expect(releaseFaults({ packages, changelog, runsIn: undefined })).not.toContain(
    "the packages differ in version",
  );
});
