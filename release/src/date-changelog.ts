// Part of `pnpm run release:version`, after changesets has set the versions: heads what is unreleased with the new one.
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { dateChangelog } from "./changelog.ts";
import { publishedPackages, WORKSPACE_ROOT } from "./published-packages.ts";

const path = join(WORKSPACE_ROOT, "CHANGELOG.md");
// All packages have one version: `fixed` in .changeset/config.json.
const [first] = await publishedPackages();
if (!first) throw new Error("There is nothing to publish");
const before = await readFile(path, "utf8");
await writeFile(path, dateChangelog(before, first.version, new Date().toISOString().slice(0, 10)));
console.log(`CHANGELOG.md tells of ${first.version}`);
