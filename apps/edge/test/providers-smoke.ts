import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { createWorkersAi } from "@bluehour/providers";
import { FakeBinding } from "@bluehour/providers/fake-binding";
import * as z from "zod";
import { FAKED_MODELS, startFakeProviders } from "./fake-providers.ts";

// pnpm run providers:smoke [--keep]: paints one image with each provider by `generate`, as a user does, against a fake
// of its service. A binding has no address that a fake could listen at, so Workers AI's adapter is called by itself.

const CLI = fileURLToPath(new URL("../../cli/src/main.ts", import.meta.url));

const resultSchema = z.object({ status: z.string(), paths: z.array(z.string()) });

const { values } = parseArgs({ options: { keep: { type: "boolean", default: false } } });
const directory = await mkdtemp(join(tmpdir(), "bluehour-smoke-"));
const providers = await startFakeProviders(200);
const secrets = { ADMIN_TOKEN: "smoke", SIGNING_SECRET: "smoke" };
const rows: Record<string, string | number>[] = [];
let failed = 0;

for (const [provider, model] of FAKED_MODELS) {
  const startedMs = performance.now();
  const outcome = await paint(`${provider}/${model}`);
  const fake = providers.fakes[provider];
  const isRight = outcome.sha256 !== undefined && outcome.sha256 === fake.images.at(-1)?.sha256;
  if (!isRight) failed += 1;
  rows.push({
    provider,
    model,
    submits: fake.submits.length,
    requests: fake.requests.length,
    seconds: ((performance.now() - startedMs) / 1000).toFixed(1),
    file: isRight ? "as painted" : outcome.problem,
  });
}

const bound = await paintByBinding("@cf/black-forest-labs/flux-2-klein-4b");
if (bound.file !== "as painted") failed += 1;
rows.push(bound);

console.table(rows);
await providers.close();
if (values.keep) console.log(`files: ${directory}`);
else await rm(directory, { recursive: true, force: true });
process.exitCode = failed === 0 ? 0 : 1;

/** Asks the adapter for Workers AI, without a Worker around it. */
async function paintByBinding(model: string) {
  const startedMs = performance.now();
  const answer = await createWorkersAi({ run: new FakeBinding().run }).submit(
    {
      model,
      prompt: "a lighthouse at dusk",
      tool: "general",
      qualityMode: "standard",
      aspectRatio: "16:9",
      resolution: "auto",
      count: 1,
      firstIndex: 0,
      seed: 1,
      inputs: [],
    },
    { fetch, now: Date.now, signal: AbortSignal.timeout(10_000), idempotencyKey: "smoke" },
  );
  const image = answer.status === "done" ? answer.images[0] : undefined;
  const isPng = image && "bytes" in image && image.bytes instanceof Uint8Array && image.bytes[1] === 0x50;
  return {
    provider: "workers-ai (adapter)",
    model,
    submits: 1,
    requests: 1,
    seconds: ((performance.now() - startedMs) / 1000).toFixed(1),
    file: isPng ? "as painted" : "no image",
  };
}

/** @returns the hash of the file that `generate` has written */
async function paint(model: string): Promise<{ sha256?: string; problem: string }> {
  const flags = Object.entries(secrets).flatMap(([name, value]) => ["--var", `${name}:${value}`]);
  const state = ["--persist-to", join(directory, "state"), "--out", join(directory, "outputs")];
  const child = spawn(
    process.execPath,
    [CLI, "generate", "a lighthouse at dusk", "--model", model, "--json", ...state, ...flags],
    { env: { ...process.env, ...providers.vars }, stdio: ["ignore", "pipe", "pipe"] },
  );
  let [stdout, stderr] = ["", ""];
  child.stdout.on("data", (text) => {
    stdout += text;
  });
  child.stderr.on("data", (text) => {
    stderr += text;
  });
  await new Promise((resolve) => child.once("close", resolve));
  try {
    const { paths } = resultSchema.parse(JSON.parse(stdout));
    const bytes = await readFile(paths[0] ?? "");
    return { sha256: createHash("sha256").update(bytes).digest("hex"), problem: "another file" };
  } catch {
    return { problem: stderr.trim().split("\n").at(-1) ?? "no file" };
  }
}
