import { tmpdir } from "node:os";
import { expect, test } from "vitest";
import { runCli } from "./run-cli.ts";

test.each<[string[], string]>([
  [[], "which command? generate, dev, webhooks, doctor, example; see --help"],
  [["genrate"], 'unknown command "genrate"; did you mean generate?'],
  [["generate"], 'what is to be painted? For example: pnpm run generate "a lighthouse at dusk"'],
  [["generate", " "], 'what is to be painted? For example: pnpm run generate "a lighthouse at dusk"'],
  [["generate", "x", "--cuont", "2"], "unknown flag --cuont; did you mean --count?"],
  [["generate", "x", "--zzz"], "unknown flag --zzz; see --help"],
  [["generate", "x", "-n"], "unknown flag -n; see --help"],
  [["generate", "x", "--count"], "--count needs a value"],
  [["generate", "x", "--count", "17"], '--count cannot be "17"; a whole number from 1 to 16 is expected'],
  [["generate", "x", "--count", "-1"], '--count cannot be "-1"; a whole number from 1 to 16 is expected'],
  [["generate", "x", "--json=yes"], "--json takes no value"],
  [
    ["generate", "x", "--orientation", "wide"],
    '--orientation cannot be "wide"; valid: landscape, portrait, square',
  ],
  [
    ["generate", "x", "--tool", "ai-anime-genrator"],
    '--tool cannot be "ai-anime-genrator"; did you mean "ai-anime-generator"? --help lists them all',
  ],
  [
    ["generate", "x", "--url", "example.com", "--token", "t"],
    '--url cannot be "example.com"; an address such as https://images.example.com is expected',
  ],
  [["generate", "x", "--url", "http://a"], "--url needs a --token, or BLUEHOUR_TOKEN in the environment"],
  [["generate", "x", "--token", "t"], "--token goes with --url"],
  [
    ["generate", "x", "--url", "http://a", "--token", "t", "--var", "A:b"],
    "--persist-to and --var are for the local Worker, and do not go with --url",
  ],
  [["dev", "now"], 'dev takes no "now"; see --help'],
  [["dev", "--port", "eighty"], '--port cannot be "eighty"; a whole number from 0 to 65535 is expected'],
  [["generate", "x", "--image", "no-such.png"], '--image cannot be "no-such.png"; there is no such file'],
  [
    ["generate", "x", "--image", "https://a/b.png", "--orientation", "square"],
    "--orientation and --tool do not go with --image; --aspect-ratio does",
  ],
  [
    ["generate", "x", ...Array.from({ length: 11 }, () => "--image=https://a/b.png")],
    "--image can be given 10 times at most",
  ],
  [["webhooks"], "webhooks listen is meant; see --help"],
  [["webhooks", "send"], 'webhooks cannot "send"; it can listen'],
  [["webhooks", "--", "listen", "now"], 'webhooks listen takes no "now"; see --help'],
  [
    ["webhooks", "listen", "--forward-to", "http://"],
    '--forward-to cannot be "http://"; an address such as http://localhost:3000/hook is expected',
  ],
  [
    ["webhooks", "listen", "--url", "https://images.example.com", "--token", "t"],
    "https://images.example.com cannot reach this machine: open a tunnel to your receiver, and create a webhook for its address",
  ],
  [["doctor", "now"], 'doctor takes no "now"; see --help'],
  [["doctor", "--url", "https://a"], "--url needs a --token, or BLUEHOUR_TOKEN in the environment"],
  [["example"], "which example? vite, next, node, worker; see --help"],
  [["example", "rails"], 'example cannot be "rails"; valid: vite, next, node, worker'],
  [["example", "vite", "next"], 'example takes one name, and no "next"; see --help'],
  [
    ["example", "worker", "--var", "A:b"],
    "--url and --var do not go with worker, which runs a Bluehour of its own",
  ],
  [["dev", "--var", "A=b"], '--var cannot be "A=b"; NAME:value is expected'],
])("%j", async (args, message) => {
  const { code, stdout, stderr } = await runCli(args, tmpdir());
  expect(stderr).toBe(`bluehour: ${message}\n`);
  expect(stdout).toBe("");
  expect(code).toBe(2);
});

test("a tool that resembles none is told all", async () => {
  const { stderr } = await runCli(["generate", "x", "--tool", "zzzzzzzz"], tmpdir());
  expect(stderr).toMatch(/; valid: ai-anime-generator, .*, general\n$/);
});

test.each([
  [["--help"]],
  [["generate", "--help"]],
  [["generate", "-h"]],
  [["dev", "--help"]],
  [["webhooks", "--help"]],
  [["webhooks", "listen", "--help"]],
  [["doctor", "--help"]],
])("%j goes to stdout", async (args) => {
  const { code, stdout, stderr } = await runCli(args, tmpdir());
  expect(stdout).toMatch(/^Usage: pnpm run/);
  expect([code, stderr]).toEqual([0, ""]);
});
