import { once } from "node:events";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import type { Diagnostic } from "@bluehour/client";
import { startFakeUpstream } from "@bluehour/providers/fake-upstream";
import { expect, onTestFinished, test } from "vitest";
import { fakeBluehour, TOKEN } from "./fake-bluehour.ts";
import { runCli, startCli } from "./run-cli.ts";
import { temporaryDirectory } from "./temporary-directory.ts";

/** Settings of the test's own, whatever is in the checkout's `.dev.vars`. */
const SOUND = {
  ADMIN_TOKEN: "0123456789abcdef0123456789abcdef",
  SIGNING_SECRET: "fedcba9876543210fedcba9876543210",
  DEFAULT_MODEL: "sketch/default",
};
const flagsOf = (vars: Record<string, string>) =>
  Object.entries(vars).flatMap(([name, value]) => ["--var", `${name}:${value}`]);

async function startServer(answer: RequestListener): Promise<string> {
  const server = createServer(answer).listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return urlOf(server);
}

function urlOf(server: Server): string {
  // A TCP server that listens has an address with a port.
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Where somebody was a moment ago. */
async function deadAddress(): Promise<string> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const url = urlOf(server);
  await new Promise((resolve) => server.close(resolve));
  return url;
}

/** A local Worker that runs until the test is over. */
async function startWorker(vars: Record<string, string>) {
  const directory = await temporaryDirectory();
  const state = ["--persist-to", join(directory, "state")];
  const run = startCli(["dev", "--port", "0", ...state, ...flagsOf({ ...SOUND, ...vars })], directory);
  const stdout = await run.printed("}'\n");
  return { directory, url: /^(?:Playground|Worker) +(http:\/\/[^/\s]+)/m.exec(stdout)?.[1] ?? "" };
}

/** What `doctor --json` finds. */
async function examine(args: readonly string[], directory: string, env: NodeJS.ProcessEnv = {}) {
  const { code, stdout, stderr } = await runCli(["doctor", "--json", ...args], directory, env);
  if (stdout === "") throw new Error(stderr);
  const { sound, checks } = JSON.parse(stdout) as { sound: boolean; checks: Diagnostic[] };
  return { code, sound, checks, faults: checks.filter(({ status }) => status === "fault") };
}

test("a sound local Worker is told to be sound", async () => {
  const directory = await temporaryDirectory();
  const flags = ["--persist-to", join(directory, "state"), ...flagsOf(SOUND)];
  const { code, stdout } = await runCli(["doctor", ...flags], directory);
  expect(code).toBe(0);
  const lines = stdout.split("\n");
  expect(lines.filter((line) => /^(warning|fault)/.test(line))).toEqual([]);
  for (const name of ["reachable", "clock", "SIGNING_SECRET", "binding JOBS", "bucket", "images"]) {
    expect(lines).toContainEqual(expect.stringMatching(`^ok {7}${name} `));
  }
  expect(stdout).toMatch(/\n\nall is well\n$/);
});

test("every fault is named, with what to do about it", async () => {
  const magicHour = await startFakeUpstream({ provider: "magic-hour", apiKey: "good" });
  onTestFinished(magicHour.close);
  const { directory, url } = await startWorker({
    ADMIN_TOKEN: "weak-token",
    MAGIC_HOUR_BASE_URL: magicHour.url,
    MAGIC_HOUR_API_KEY: "bad",
    PUBLIC_URL: await deadAddress(),
    PUBLIC_IMAGES_URL: await startServer((_, response) => response.end("<title>Somebody else</title>")),
    CORS_ORIGINS: "shop.example",
  });
  const target = ["--url", `${url}/`, "--token", "weak-token"];
  const { code, stdout } = await runCli(["doctor", ...target], directory);
  expect(code).toBe(1);
  const lines = stdout.replaceAll(/127\.0\.0\.1:\d+/g, "host").split("\n");
  expect(lines.filter((line) => !line.startsWith("ok "))).toEqual([
    "http://host",
    "",
    "warning  ADMIN_TOKEN          can be guessed: it is short, or hardly varied",
    "                              → openssl rand -hex 32 | wrangler secret put ADMIN_TOKEN",
    'fault    CORS_ORIGINS         "shop.example" matches no page',
    "                              → write it as https://shop.example",
    "fault    provider magic-hour  Magic Hour answered 401: Unauthorized",
    "                              → put a key that is good into MAGIC_HOUR_API_KEY: wrangler secret put MAGIC_HOUR_API_KEY",
    "fault    PUBLIC_URL           http://host/images cannot be reached: connect ECONNREFUSED host",
    "                              → set PUBLIC_URL to an address of this Worker: its custom domain, or its workers.dev address",
    "fault    images               http://host answers something else where an image of this deployment should be",
    "                              → set PUBLIC_IMAGES_URL to a public address of the bucket IMAGES, or leave it out",
    "",
    "4 faults, 1 warning",
    "",
  ]);
  expect(stdout).not.toMatch(/weak-token|\bbad\b/);
});

test("a Worker without a secret says which, and how to set it", async () => {
  const directory = await temporaryDirectory();
  const flags = ["--persist-to", join(directory, "state"), ...flagsOf({ ...SOUND, SIGNING_SECRET: "" })];
  const { code, faults } = await examine(flags, directory);
  expect(code).toBe(1);
  expect(faults).toMatchObject([
    {
      name: "settings",
      message: 'SIGNING_SECRET is not set: run "wrangler secret put SIGNING_SECRET"',
    },
  ]);
});

test("settings that cannot be read are named", async () => {
  const directory = await temporaryDirectory();
  const flags = ["--persist-to", join(directory, "state"), ...flagsOf({ ...SOUND, MODELS: "{" })];
  expect((await examine(flags, directory)).faults).toMatchObject([
    { name: "settings", message: "The settings are wrong: MODELS: must be JSON" },
  ]);
});

test("a clock that is off is told by how much", async () => {
  const { directory, url } = await startWorker({});
  const target = ["--url", url, "--token", SOUND.ADMIN_TOKEN];
  const atOffset = (seconds: number) => {
    const shift = `const now = Date.now; Date.now = () => now() + ${seconds} * 1000;`;
    return { NODE_OPTIONS: `--import "data:text/javascript,${encodeURIComponent(shift)}"` };
  };
  const { code, faults } = await examine(target, directory, atOffset(600));
  expect(code).toBe(1);
  expect(faults).toMatchObject([{ name: "clock", message: /^this machine's is (599|600|601) s ahead/ }]);
  const { sound, checks } = await examine(target, directory, atOffset(-60));
  expect(sound).toBe(true);
  expect(checks.find(({ name }) => name === "clock")).toMatchObject({
    status: "warning",
    message: /^this machine's is (59|60|61) s behind$/,
  });
});

test("what stands between the bucket and those who look at images is seen", async () => {
  let headers: Record<string, string> = {};
  let url = "";
  const between = await startServer(async (request, response) => {
    const image = await fetch(`${url}/images${request.url}`);
    response.writeHead(image.status, headers).end(new Uint8Array(await image.arrayBuffer()));
  });
  const worker = await startWorker({ PUBLIC_IMAGES_URL: between });
  url = worker.url;
  const look = async () => {
    const { checks } = await examine(["--url", url, "--token", SOUND.ADMIN_TOKEN], worker.directory);
    return checks.find(({ name }) => name === "images");
  };
  expect(await look()).toMatchObject({ status: "fault", message: `${between} calls a PNG nothing` });
  headers = { "content-type": "image/png", "cache-control": "max-age=14400" };
  expect(await look()).toMatchObject({ status: "warning", message: /by "max-age=14400", not for a year/ });
  headers["cache-control"] = "public, max-age=31536000, immutable";
  expect(await look()).toMatchObject({ status: "warning", message: /show images, and not read them$/ });
  headers["access-control-allow-origin"] = url;
  expect(await look()).toMatchObject({ status: "ok" });
});

test("an address where nobody is, and one where somebody else is, are told apart", async () => {
  const directory = await temporaryDirectory();
  const nobody = await examine(["--url", await deadAddress(), "--token", "t"], directory);
  expect(nobody.faults).toMatchObject([{ name: "reachable", message: /^cannot reach/ }]);
  const page = await startServer((_, response) => response.end("<title>Hello</title>"));
  const other = await examine(["--url", page, "--token", "t"], directory);
  expect(other.faults).toMatchObject([{ name: "reachable", message: /is not the address of a Bluehour/ }]);
  expect([nobody.code, other.code]).toEqual([1, 1]);
});

test("a token that is not the operator's, and a Worker that is older, are told", async () => {
  const directory = await temporaryDirectory();
  const { url } = await fakeBluehour();
  const wrong = await examine(["--url", url, "--token", "wrong"], directory);
  expect(wrong.faults).toMatchObject([{ name: "token", message: "answered 401: Unauthorized" }]);
  // From the environment a token is in no shell history.
  const old = await examine(["--url", url], directory, { BLUEHOUR_TOKEN: TOKEN });
  expect(old.faults).toMatchObject([{ name: "diagnostics", fix: /deploy this version$/ }]);
});
