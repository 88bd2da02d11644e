// Bundles the Worker as `wrangler deploy` does, says what would be uploaded and bound, and holds its weight.
import { execFileSync } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

const ROOT = join(import.meta.dirname, "../../..");

/**
 * Gzipped, in kilobytes; it was 212 when this was set. Cloudflare takes 3,000 on its free plan: what is held is that
 * growth is noticed, since every new isolate compiles all of it.
 */
const MAX_KILOBYTES = 250;

const directory = await mkdtemp(join(tmpdir(), "bluehour-deploy-"));
try {
  const env = { ...process.env, WRANGLER_SEND_METRICS: "false", CI: "1", NO_COLOR: "1" };
  const args = ["deploy", "--dry-run", "--outdir", directory];
  const output = execFileSync("wrangler", args, { cwd: ROOT, env, encoding: "utf8" });
  console.log(/^Total Upload:[\s\S]*?(?=\n\s*\n)/m.exec(output)?.[0] ?? output);
  const kilobytes = gzipSync(await readFile(join(directory, "index.js"))).length / 1000;
  console.log(`size: ${kilobytes.toFixed(0)} kB gzipped, of ${MAX_KILOBYTES}`);
  if (kilobytes > MAX_KILOBYTES) throw new Error("The Worker has become too large");
} finally {
  await rm(directory, { recursive: true });
}
