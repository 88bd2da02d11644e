// Part of `pnpm run release:publish`: stops a release that would fail half-way, or be worth nothing.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { publishedPackages, WORKSPACE_ROOT } from "./published-packages.ts";
import { releaseFaults } from "./release-faults.ts";

const faults = releaseFaults({
  packages: await publishedPackages(),
  changelog: await readFile(join(WORKSPACE_ROOT, "CHANGELOG.md"), "utf8"),
  runsIn: process.env["GITHUB_REPOSITORY"],
});
for (const fault of faults) console.error(`release: ${fault}`);
process.exitCode = faults.length === 0 ? 0 : 1;
