// node release/src/release-notes.ts: prints what CHANGELOG.md says of the version that is checked out.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { notesOf } from "./changelog.ts";
import { publishedPackages, WORKSPACE_ROOT } from "./published-packages.ts";

const [first] = await publishedPackages();
console.log(notesOf(await readFile(join(WORKSPACE_ROOT, "CHANGELOG.md"), "utf8"), first?.version ?? ""));
