import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { fakeBluehour, IMAGE, TOKEN } from "./fake-bluehour.ts";
import { runCli, startCli } from "./run-cli.ts";
import { temporaryDirectory } from "./temporary-directory.ts";

/** A server, an empty directory, and the flags that lead to the server. */
async function setUp() {
  const server = await fakeBluehour();
  const directory = await temporaryDirectory();
  return { server, directory, remote: ["--url", server.url, "--token", TOKEN] };
}

test("in a pipe: paths and the job's URL on stdout, a line a change on stderr", async () => {
  const { server, directory, remote } = await setUp();
  const { code, stdout, stderr } = await runCli(
    ["generate", "a lighthouse", "--count", "2", ...remote],
    directory,
  );
  expect(stderr).toBe("queued\nrendering 50%\ncomplete\n");
  expect(stdout).toBe(`outputs/job1-1.png\noutputs/job1-2.png\n${server.url}/v1/image-projects/job1\n`);
  expect(code).toBe(0);
  expect(await readFile(join(directory, "outputs/job1-1.png"))).toEqual(IMAGE);
  expect(await readdir(join(directory, "outputs"))).toEqual(["job1-1.png", "job1-2.png"]);
});

test("every flag reaches the request, and a literal -- is no obstacle", async () => {
  const { server, directory, remote } = await setUp();
  const flags = {
    "--orientation": "landscape",
    "--aspect-ratio": "9:16",
    "--tool": "ai-anime-generator",
    "--model": "flux-schnell",
    "--resolution": "2k",
    "--name": "mine",
    "--out": "elsewhere",
  };
  const args = ["generate", "--", "a lighthouse at dusk", "--", ...Object.entries(flags).flat(), ...remote];
  const { code, stdout } = await runCli(args, directory);
  expect(code).toBe(0);
  expect(stdout.split("\n")[0]).toBe("elsewhere/job1-1.png");
  expect(server.requests).toEqual([
    {
      image_count: 1,
      orientation: "landscape",
      aspect_ratio: "9:16",
      resolution: "2k",
      model: "flux-schnell",
      name: "mine",
      style: { prompt: "a lighthouse at dusk", tool: "ai-anime-generator", quality_mode: "standard" },
    },
  ]);
});

test("with --image it edits: files are uploaded, addresses passed on", async () => {
  const { server, directory, remote } = await setUp();
  await writeFile(join(directory, "cat.png"), IMAGE);
  const images = ["--image", "cat.png", "--image", "https://example.com/hat.jpg"];
  const flags = ["--aspect-ratio", "9:16", "--count", "2", "--model", "nano-banana"];
  const run = await runCli(["generate", "give it a hat", ...images, ...flags, ...remote], directory);
  expect(run.stderr).toBe("queued\nrendering 50%\ncomplete\n");
  expect(run.stdout).toMatch(/^outputs\/job1-1\.png\noutputs\/job1-2\.png\n/);
  expect(run.code).toBe(0);
  expect(server.uploads).toEqual(new Map([["uploads/default/0.png", IMAGE]]));
  expect(server.requests).toEqual([
    {
      image_count: 2,
      aspect_ratio: "9:16",
      resolution: "auto",
      model: "nano-banana",
      style: { prompt: "give it a hat" },
      assets: { image_file_paths: ["uploads/default/0.png", "https://example.com/hat.jpg"] },
    },
  ]);
});

test("--json prints one document", async () => {
  const { server, directory, remote } = await setUp();
  const { code, stdout } = await runCli(["generate", "x", "--json", ...remote], directory);
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toEqual({
    id: "job1",
    status: "complete",
    paths: [join(directory, "outputs/job1-1.png")],
    urls: [`${server.url}/images/job1-1.png`],
    credits_charged: 5,
    project: server.jobs.get("job1"),
  });
});

test("a file that is there is not overwritten", async () => {
  const { directory, remote } = await setUp();
  await mkdir(join(directory, "outputs"));
  await writeFile(join(directory, "outputs", "job1-1.png"), "mine");
  const { stdout } = await runCli(["generate", "x", ...remote], directory);
  expect(stdout.split("\n")[0]).toBe("outputs/job1-1-1.png");
});

test("Ctrl-C cancels the job", async () => {
  const { server, directory, remote } = await setUp();
  const run = startCli(["generate", "hang", ...remote], directory);
  await run.printed("rendering");
  run.kill("SIGINT");
  const { code, stdout, stderr } = await run.ended;
  expect(stderr).toMatch(/canceling the job\nthe job is canceled\n$/);
  expect(stdout).toBe("");
  expect(code).toBe(130);
  expect(server.jobs.get("job1")?.status).toBe("canceled");
});

test("a job that fails is one line, with the job's address", async () => {
  const { server, directory, remote } = await setUp();
  const { code, stdout, stderr } = await runCli(["generate", "fail", ...remote], directory);
  expect(code).toBe(1);
  expect(stdout).toBe("");
  expect(stderr.split("\n").at(-2)).toBe(
    `bluehour: The provider refused (content_rejected); the job: ${server.url}/v1/image-projects/job1`,
  );
});

test("a token that is refused; one from the environment", async () => {
  const { server, directory } = await setUp();
  const args = ["generate", "x", "--url", server.url];
  const refused = await runCli([...args, "--token", "wrong"], directory);
  expect(refused.stderr).toBe(`bluehour: ${server.url} does not accept the token (401)\n`);
  expect(refused.code).toBe(1);
  expect((await runCli(args, directory, { BLUEHOUR_TOKEN: TOKEN })).code).toBe(0);
});

test("an address where nothing, or something else, answers", async () => {
  const directory = await temporaryDirectory();
  const stranger = createServer((_request, response) => response.end("<html>"));
  await new Promise<void>((resolve) => stranger.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void stranger.close());
  // A TCP server that listens has an address with a port.
  const url = `http://127.0.0.1:${(stranger.address() as AddressInfo).port}`;
  const html = await runCli(["generate", "x", "--url", url, "--token", "t"], directory);
  expect(html.stderr).toBe(
    `bluehour: ${url} is not the address of a Bluehour Worker (${url}/healthz answered 200)\n`,
  );
  expect(html.code).toBe(1);

  await new Promise((resolve) => {
    stranger.close(resolve);
    stranger.closeAllConnections();
  });
  const nothing = await runCli(["generate", "x", "--url", url, "--token", "t"], directory);
  expect(nothing.stderr).toMatch(/^bluehour: cannot reach http:\S+: .*ECONNREFUSED.*\n$/);
  expect(nothing.code).toBe(1);
});
