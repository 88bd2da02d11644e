import { execFile } from "node:child_process";
import { existsSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";

/**
 * What needs a Cloudflare account is held against wrangler's own help: the subcommand exists, and so do its flags.
 * A deploy is run in full, but for the upload.
 */
export async function checkWrangler(args: readonly string[], root: string): Promise<void> {
  const wrangler = async (...given: readonly string[]) =>
    (await promisify(execFile)(join(root, "node_modules/.bin/wrangler"), given, { cwd: root })).stdout;
  if (args[0] === "deploy") {
    const outdir = mkdtempSync(join(tmpdir(), "bluehour-deploy-"));
    // Files are the reader's; where they are named is not where wrangler runs.
    const placed = args.map((argument) => (existsSync(argument) ? resolve(argument) : argument));
    // What the document has added to wrangler.toml so far, if it is about that.
    const own = resolve("wrangler.toml");
    const config = existsSync(own) && !args.includes("--config") ? ["--config", own] : [];
    process.stdout.write(await wrangler(...placed, ...config, "--dry-run", "--outdir", outdir));
    return;
  }
  const words = args.filter((argument) => !argument.startsWith("-"));
  const { help, command } = await helpOf(words, wrangler);
  const flags = args.flatMap((argument) => /^(-[^=]+)/.exec(argument)?.[1] ?? []);
  const unknown = flags.filter((flag) => !new RegExp(`(?:^|[ ,])${flag}(?:[ ,]|$)`, "m").test(help));
  if (unknown.length > 0) throw new Error(`wrangler ${command} has no ${unknown.join(", ")}`);
  console.log(`checked against its help: wrangler ${command}`);
}

/** The command that the words begin with, and its help. What follows it are its arguments. */
async function helpOf(
  words: readonly string[],
  wrangler: (...args: readonly string[]) => Promise<string>,
): Promise<{ help: string; command: string }> {
  // Of a word that it does not know, wrangler prints the help of what it does know.
  const help = await wrangler(...words.slice(0, 4), "--help");
  const [, command = "", takes] = /^wrangler ([a-z\d -]*[a-z\d])(?: ([<[].*))?$/m.exec(help) ?? [];
  const known = command.split(" ").length;
  if (words.slice(0, known).join(" ") !== command || (words.length > known && !takes)) {
    throw new Error(`wrangler has no command "${words.join(" ")}"`);
  }
  return { help, command };
}
