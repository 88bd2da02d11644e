import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { complaintOf } from "./require-commands.ts";

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "bluehour-commands-"));
});

afterEach(() => rm(folder, { recursive: true }));

async function install(commands: readonly string[], mode = 0o755): Promise<void> {
  for (const command of commands) await writeFile(join(folder, command), "", { mode });
}

test("names every command that is missing, and how to get them", async () => {
  await install(["bash", "curl", "python3"]);
  expect(complaintOf(folder)).toBe(
    "The docs' tests need jq, openssl; on Debian: sudo apt-get install jq openssl",
  );
});

test("takes a file that cannot be run for no command", async () => {
  await install(["bash", "curl", "openssl", "python3"]);
  await install(["jq"], 0o644);
  expect(complaintOf(folder)).toContain("need jq;");
});

test("is content with commands in any folder of the path", async () => {
  await install(["bash", "curl", "jq", "openssl", "python3"]);
  expect(complaintOf(["nowhere", folder].join(delimiter))).toBeUndefined();
});
