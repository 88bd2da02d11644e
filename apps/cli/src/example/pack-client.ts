import { createHash } from "node:crypto";
import { mkdir, mkdtemp, readFile, rename, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { runCommand } from "../terminal/run-command.ts";
import { WORKSPACE_ROOT } from "../worker/workspace-root.ts";

const PACKAGES = join(WORKSPACE_ROOT, "packages");
const PACKED = ["client", "contract"];
/** What the published types refer to, and a registry would bring along. */
const TYPES_OF = ["@hono/zod-validator", "hono", "zod"];

/**
 * Installs the client of this checkout as it would be published, so that examples use what users get: built, and by the
 * `exports` of the published package.json. Leaves it alone when nothing has changed: other examples may be using it.
 *
 * @param directory - gets a `node_modules`
 * @throws CommandError, or the signal's reason
 */
export async function packClient(directory: string, signal: AbortSignal): Promise<void> {
  await runCommand("pnpm", ["--silent", "run", "build"], {
    directory: join(PACKAGES, "client"),
    stdout: 2,
    signal,
  });
  // Aside, and put in place when complete.
  const work = await mkdtemp(`${directory}-`);
  try {
    const hash = createHash("sha256");
    for (const name of PACKED) {
      const tarball = join(work, `${name}.tgz`);
      const pack = { directory: join(PACKAGES, name), stdout: "ignore", signal } as const;
      await runCommand("pnpm", ["pack", "--out", tarball], pack);
      hash.update(await readFile(tarball));
    }
    const seal = hash.digest("hex");
    if ((await readFile(join(directory, "seal"), "utf8").catch(() => "")) === seal) return;

    for (const name of PACKED) {
      const target = join("node_modules/@bluehour", name);
      await mkdir(join(work, target), { recursive: true });
      const unpack = ["-xzf", `${name}.tgz`, "-C", target, "--strip-components", "1"];
      await runCommand("tar", unpack, { directory: work, signal });
      await rm(join(work, `${name}.tgz`));
    }
    await mkdir(join(work, "node_modules/@hono"));
    for (const name of TYPES_OF) {
      await symlink(
        join(PACKAGES, "contract/node_modules", name),
        join(work, "node_modules", name),
        "junction",
      );
    }
    await writeFile(join(work, "seal"), seal);
    await rm(directory, { recursive: true, force: true });
    await rename(work, directory);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}
