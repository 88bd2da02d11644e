import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { readDevVars } from "./dev-vars.ts";

async function fileIn() {
  const directory = await mkdtemp(join(tmpdir(), "bluehour-dev-vars-"));
  onTestFinished(() => rm(directory, { recursive: true }));
  return join(directory, ".dev.vars");
}

test("secrets are made up once, for their owner's eyes", async () => {
  const path = await fileIn();
  const vars = await readDevVars(path);
  expect(vars).toEqual({
    ADMIN_TOKEN: expect.stringMatching(/^[0-9a-f]{48}$/),
    SIGNING_SECRET: expect.stringMatching(/^[0-9a-f]{48}$/),
  });
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  expect(await readDevVars(path)).toEqual(vars);
});

test("what is in the file is kept, what is missing is added", async () => {
  const path = await fileIn();
  await writeFile(path, 'ADMIN_TOKEN="mine"\n# a comment\nFAL_API_KEY=key');
  const vars = await readDevVars(path, { DEFAULT_MODEL: "fal/x" });
  expect(vars).toMatchObject({ ADMIN_TOKEN: "mine", FAL_API_KEY: "key", DEFAULT_MODEL: "fal/x" });
  expect(await readFile(path, "utf8")).toBe(
    `ADMIN_TOKEN="mine"\n# a comment\nFAL_API_KEY=key\nSIGNING_SECRET=${vars["SIGNING_SECRET"]}\n`,
  );
});

test("secrets that are given are not written down", async () => {
  const path = await fileIn();
  const given = { ADMIN_TOKEN: "a", SIGNING_SECRET: "s" };
  expect(await readDevVars(path, given)).toEqual(given);
  await expect(stat(path)).rejects.toThrow("ENOENT");
});
