import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { runBuildStep } from "./run-build-step.ts";

const BASE = 'name = "w"\nmain = "src/index.ts"\ncompatibility_date = "2026-11-01"\n';
const never = new AbortController().signal;

async function config(toml: string) {
  const directory = await mkdtemp(join(tmpdir(), "bluehour-build-"));
  onTestFinished(() => rm(directory, { recursive: true }));
  const path = join(directory, "wrangler.toml");
  await writeFile(path, BASE + toml);
  return { directory, path };
}

test("runs the command beside wrangler.toml, and tells of the playground", async () => {
  const { directory, path } = await config(
    '[build]\ncommand = "echo page > made"\n[assets]\ndirectory = "."\n',
  );
  expect(await runBuildStep(never, path)).toBe(true);
  expect(await readFile(join(directory, "made"), "utf8")).toBe("page\n");
  expect(await runBuildStep(never, (await config("")).path)).toBe(false);
});

test("a command that fails is named", async () => {
  const { path } = await config('[build]\ncommand = "exit 3"\n');
  await expect(runBuildStep(never, path)).rejects.toThrow("the build step failed (3): exit 3");
});

test("a signal ends it, and what it has started", async () => {
  const child = "(trap 'echo > ended; exit' TERM; echo > started; sleep 600 & wait) & wait";
  const { directory, path } = await config(`[build]\ncommand = "${child}"\n`);
  const controller = new AbortController();
  const step = runBuildStep(controller.signal, path);
  await vi.waitFor(() => readFile(join(directory, "started")));
  controller.abort(new Error("enough"));
  await expect(step).rejects.toThrow("enough");
  await vi.waitFor(() => readFile(join(directory, "ended")));
});
