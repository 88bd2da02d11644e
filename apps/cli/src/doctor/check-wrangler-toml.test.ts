import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { WORKSPACE_ROOT } from "../worker/workspace-root.ts";
import { checkWranglerToml } from "./check-wrangler-toml.ts";

async function messagesOf(toml: string): Promise<string[]> {
  const directory = await mkdtemp(join(tmpdir(), "bluehour-toml-"));
  onTestFinished(() => rm(directory, { recursive: true }));
  const path = join(directory, "wrangler.toml");
  await writeFile(path, toml);
  return (await checkWranglerToml(path)).map(({ message }) => message);
}

const BUCKET = '[[r2_buckets]]\nbinding = "IMAGES"\nbucket_name = "images"\n';

test("nothing is wrong with the one that comes along", async () => {
  expect(await checkWranglerToml(join(WORKSPACE_ROOT, "wrangler.toml"))).toEqual([]);
});

test("secrets among the vars are named, and not printed", async () => {
  const vars = 'ADMIN_TOKEN = "open sesame"\nDEFAULT_MODEL = "sketch/default"\n';
  expect(await messagesOf(`[vars]\n${vars}[env.staging.vars]\nFAL_API_KEY = "k"\n`)).toEqual([
    "ADMIN_TOKEN stands in the vars, for all who can read the file",
    "FAL_API_KEY stands in the vars of [env.staging], for all who can read the file",
  ]);
});

test("a bucket outside the jurisdiction of the objects is a fault", async () => {
  const vars = '[vars]\nJURISDICTION = "eu"\n';
  expect(await messagesOf(`${vars}${BUCKET}`)).toEqual([
    'JURISDICTION is "eu", and the bucket IMAGES is anywhere',
  ]);
  expect(await messagesOf(`${vars}${BUCKET}jurisdiction = "eu"\n`)).toEqual([]);
});

test("one that is no TOML is a fault", async () => {
  expect(await messagesOf("name = bluehour\n")).toEqual([expect.stringMatching(/^Invalid TOML document/)]);
});
