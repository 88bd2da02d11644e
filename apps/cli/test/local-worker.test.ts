import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type CliRun, runCli, startCli } from "./run-cli.ts";
import { temporaryDirectory } from "./temporary-directory.ts";

const PNG_SIGNATURE = Buffer.from("89504e470d0a1a0a", "hex");

/** Settings of the test's own, whatever is in the checkout's `.dev.vars`, which is not created either. */
const VARS = {
  ADMIN_TOKEN: "admin-token",
  SIGNING_SECRET: "signing-secret",
  DEFAULT_MODEL: "sketch/default",
  SKETCH_RENDER_MS: "50",
};

/** Flags for a state in this directory. */
function flags(directory: string, vars: Record<string, string> = {}): string[] {
  const pairs = Object.entries({ ...VARS, ...vars }).flatMap(([name, value]) => [
    "--var",
    `${name}:${value}`,
  ]);
  return ["--persist-to", join(directory, "state"), ...pairs];
}

/** A running `dev`, and the request that its curl line makes. */
async function startDev(directory: string) {
  const run = startCli(["dev", "--port", "0", ...flags(directory)], directory);
  const stdout = await run.printed("}'\n");
  const [, url = "", headers = "", body = ""] =
    /^curl (\S+) ((?:-H "[^"]+" )+)-d '(.+)'$/m.exec(stdout) ?? [];
  const pairs = [...headers.matchAll(/"([^:]+): ([^"]+)"/g)].map(([, name = "", value = ""]) => [
    name,
    value,
  ]);
  return {
    run,
    stdout,
    origin: new URL(url).origin,
    curl: { url, headers: Object.fromEntries(pairs), body },
  };
}

async function end(run: CliRun, signal: NodeJS.Signals) {
  run.kill(signal);
  return run.ended;
}

test("generate paints with a Worker of its own, and leaves none behind", async () => {
  const directory = await temporaryDirectory();
  const args = [
    "generate",
    "a lighthouse at dusk",
    "--orientation",
    "landscape",
    "--json",
    ...flags(directory),
  ];
  const { code, stdout, stderr } = await runCli(args, directory);
  expect(stderr).toMatch(/^starting the Worker\n/);
  expect(code).toBe(0);
  const { id, status, paths, project } = JSON.parse(stdout);
  expect([status, project.id, project.provider]).toEqual(["complete", id, "sketch"]);
  expect(paths).toEqual([join(directory, "outputs", `${id}-1.png`)]);
  expect((await readFile(paths[0])).subarray(0, 8)).toEqual(PNG_SIGNATURE);
  expect(await readdir(join(directory, "state"))).toEqual(["lock.sqlite", "state"]);
});

test("dev prints a curl line that works, lends its Worker to generate, and keeps the state", async () => {
  const directory = await temporaryDirectory();
  const first = await startDev(directory);
  expect(first.stdout).toContain(`Token       ${VARS.ADMIN_TOKEN}\n`);
  expect(first.stdout).toContain(`Playground  ${first.origin}/#token=${VARS.ADMIN_TOKEN}\n`);
  const page = await fetch(first.origin);
  expect(await page.text()).toContain("<title>Bluehour</title>");
  expect(page.headers.get("content-security-policy")).toContain("default-src 'none'; script-src 'self'");
  const { url, headers, body } = first.curl;
  const created = await fetch(url, { method: "POST", headers, body });
  expect(await created.json()).toMatchObject({ project: { status: "complete" } });

  const persistTo = ["--persist-to", join(directory, "state")];
  const painted = await runCli(["generate", "x", ...persistTo], directory);
  expect(painted.stderr).toContain(`using the Worker that dev runs at ${first.origin}\n`);
  expect(painted.code).toBe(0);
  const changed = await runCli(["generate", "x", ...flags(directory)], directory);
  expect(changed.stderr).toContain("--var cannot change the Worker that dev runs");
  expect(changed.code).toBe(2);
  const twice = await runCli(["dev", "--port", "0", ...persistTo], directory);
  expect(twice.stderr).toBe(`bluehour: a dev runs on this state already: ${first.origin}\n`);
  expect(twice.code).toBe(1);
  expect((await end(first.run, "SIGINT")).code).toBe(0);

  const second = await startDev(directory);
  const job = new URL(painted.stdout.split("\n")[1] ?? "").pathname;
  const found = await fetch(second.origin + job, { headers });
  expect(await found.json()).toMatchObject({ status: "complete" });
  expect((await end(second.run, "SIGTERM")).code).toBe(0);
});

test("a port in use is one line", async () => {
  const directory = await temporaryDirectory();
  const { run, origin } = await startDev(directory);
  const { port } = new URL(origin);
  const elsewhere = await temporaryDirectory();
  const { code, stderr } = await runCli(["dev", "--port", port, ...flags(elsewhere)], elsewhere);
  expect(stderr).toBe(`bluehour: port ${port} is in use; choose another with --port\n`);
  expect(code).toBe(1);
  await end(run, "SIGTERM");
});

test("generates on the same state take turns; Ctrl-C frees it and cancels the job", async () => {
  const directory = await temporaryDirectory();
  const slow = startCli(["generate", "x", ...flags(directory, { SKETCH_RENDER_MS: "600000" })], directory);
  await slow.printed("rendering");
  const next = startCli(["generate", "x", ...flags(directory)], directory);
  await next.printed("waiting for another generate to end");
  const { code, stderr } = await end(slow, "SIGINT");
  expect(stderr).toMatch(/the job is canceled\n$/);
  expect(code).toBe(130);
  expect((await next.ended).code).toBe(0);
});

test("what a killed dev left behind is cleaned up by the next", async () => {
  const directory = await temporaryDirectory();
  const { run, origin } = await startDev(directory);
  await end(run, "SIGKILL");
  const { code } = await runCli(["generate", "x", ...flags(directory)], directory);
  expect(code).toBe(0);
  await expect(fetch(origin)).rejects.toThrow();
});
