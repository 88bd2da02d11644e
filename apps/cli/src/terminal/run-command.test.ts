import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { runCommand } from "./run-command.ts";
import { StopRequested } from "./stop-signal.ts";

const never = new AbortController().signal;

async function options(signal = never) {
  const directory = await mkdtemp(join(tmpdir(), "bluehour-run-"));
  onTestFinished(() => rm(directory, { recursive: true }));
  return { directory, stdout: "ignore", signal } as const;
}

const run = (script: string, given: Awaited<ReturnType<typeof options>>, env = {}) =>
  runCommand(process.execPath, ["-e", script], { ...given, env });

test("runs in a directory, with variables of its own beside ours", async () => {
  const given = await options();
  await run('fs.writeFileSync("made", process.env.SAID + (process.env.PATH ? " and ours" : ""))', given, {
    SAID: "theirs",
  });
  expect(await readFile(join(given.directory, "made"), "utf8")).toBe("theirs and ours");
});

test("a command that fails, or is not there, is named", async () => {
  const given = await options();
  await expect(run("process.exit(3)", given)).rejects.toThrow(/^it failed \(3\): .+ -e process\.exit\(3\)$/);
  await expect(runCommand("no-such-command", [], given)).rejects.toThrow(/^cannot run no-such-command: /);
});

test.each([
  ["SIGTERM", "ends it", "SIGTERM"],
  ["SIGINT", "waits for it, whom the terminal has told as well", "nothing"],
] as const)("%s %s", async (name, _, heard) => {
  const controller = new AbortController();
  const given = await options(controller.signal);
  const script = `
    let heard = "nothing";
    const end = () => { fs.writeFileSync("ended", heard); process.exit(); };
    process.on("SIGTERM", () => { heard = "SIGTERM"; end(); });
    setInterval(() => fs.existsSync("go") && end(), 10);
    fs.writeFileSync("started", "");`;
  const outcome = expect(run(script, given)).rejects.toMatchObject({ signalName: name });
  await vi.waitFor(() => readFile(join(given.directory, "started")), 5000);
  controller.abort(new StopRequested(name));
  if (name === "SIGINT") await run('fs.writeFileSync("go", "")', { ...given, signal: never });
  await outcome;
  expect(await readFile(join(given.directory, "ended"), "utf8")).toBe(heard);
});
