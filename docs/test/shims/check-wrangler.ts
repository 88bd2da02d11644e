import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

/**
 * What needs a Cloudflare account is held against wrangler's own help: the subcommand exists, and so do its flags.
 * A deploy is run in full, but for the upload.
 */
export function checkWrangler(args: readonly string[], root: string): void {
  const wrangler = (...given: readonly string[]) =>
    execFileSync(join(root, "node_modules/.bin/wrangler"), given, { cwd: root, encoding: "utf8" });
  if (args[0] === "deploy") {
    const outdir = mkdtempSync(join(tmpdir(), "bluehour-deploy-"));
    // Files are the reader's; where they are named is not where wrangler runs.
    const placed = args.map((argument) => (existsSync(argument) ? resolve(argument) : argument));
    process.stdout.write(wrangler(...placed, "--dry-run", "--outdir", outdir));
    return;
  }
  const words = args.filter((argument) => !argument.startsWith("-"));
  const { help, command } = helpOf(words, wrangler);
  const flags = args.flatMap((argument) => /^(-[^=]+)/.exec(argument)?.[1] ?? []);
  const unknown = flags.filter((flag) => !new RegExp(`(?:^|[ ,])${flag}(?:[ ,]|$)`, "m").test(help));
  if (unknown.length > 0) throw new Error(`wrangler ${command} has no ${unknown.join(", ")}`);
  console.log(`checked against its help: wrangler ${command}`);
}

/** The longest beginning of the words that is a command; what follows are its arguments. */
function helpOf(words: readonly string[], wrangler: (...args: readonly string[]) => string) {
  for (let length = Math.min(words.length, 4); length > 0; length--) {
    const command = words.slice(0, length).join(" ");
    const help = wrangler(...words.slice(0, length), "--help");
    // Of a word that it does not know, wrangler prints the help of what it does know.
    const usage = new RegExp(`^wrangler ${command}(?: [<[].*)?$`, "m");
    const takesMore = new RegExp(`^wrangler ${command} [<[]`, "m").test(help);
    if (usage.test(help) && (takesMore || length === words.length)) return { help, command };
  }
  throw new Error(`wrangler has no command "${words.join(" ")}"`);
}
