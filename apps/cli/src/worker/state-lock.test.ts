import { execFileSync } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { tryLockState } from "./state-lock.ts";

test("a state has one owner at a time, among processes too", async () => {
  const directory = await mkdtemp(join(tmpdir(), "bluehour-lock-"));
  onTestFinished(() => rm(directory, { recursive: true }));
  const state = join(directory, "new", "state");
  const script = `
    import { tryLockState } from ${JSON.stringify(join(import.meta.dirname, "state-lock.ts"))};
    console.log(tryLockState(${JSON.stringify(state)}) === null ? "taken" : "free");`;
  // Ends with the lock still held, as a crash does.
  const elsewhere = () =>
    execFileSync(process.execPath, ["--input-type=module", "-e", script], { encoding: "utf8" }).trim();

  const lock = tryLockState(state);
  expect(tryLockState(state)).toBe(null);
  expect(elsewhere()).toBe("taken");
  lock?.release();
  expect(elsewhere()).toBe("free");
  expect(tryLockState(state)).not.toBe(null);
});
