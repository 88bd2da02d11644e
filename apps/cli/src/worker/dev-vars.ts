import { randomBytes } from "node:crypto";
import { appendFile, readFile } from "node:fs/promises";
import { parseEnv } from "node:util";

const SECRETS = ["ADMIN_TOKEN", "SIGNING_SECRET"] as const;

/**
 * The settings in a `.dev.vars` file (dotenv). Secrets that the Worker cannot do without, and that neither the file
 * nor `given` has, are made up and added to the file, which only its owner may read.
 */
export async function readDevVars(
  path: string,
  given: Readonly<Record<string, string>> = {},
): Promise<Record<string, string>> {
  const before = await readVars(path);
  const missing = SECRETS.filter((name) => !before.vars[name] && given[name] === undefined);
  if (missing.length === 0) return { ...before.vars, ...given };
  const lines = missing.map((name) => `${name}=${randomBytes(24).toString("hex")}\n`).join("");
  const separator = before.text && !before.text.endsWith("\n") ? "\n" : "";
  await appendFile(path, separator + lines, { mode: 0o600 });
  // Read again, so that two processes that added secrets at a time agree on them.
  return { ...(await readVars(path)).vars, ...given };
}

async function readVars(path: string) {
  const text = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return "";
    throw error;
  });
  const vars: Record<string, string> = {};
  for (const [name, value] of Object.entries(parseEnv(text))) if (value !== undefined) vars[name] = value;
  return { text, vars };
}
