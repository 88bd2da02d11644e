import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

/** What the documents' blocks call and npm does not bring. Debian's packages of them have the same names. */
const COMMANDS = ["bash", "curl", "jq", "openssl", "python3"];

/** Says which of them are in no folder of a PATH, and how to get them; undefined if all are there. */
export function complaintOf(path: string): string | undefined {
  const folders = path.split(delimiter);
  const missing = COMMANDS.filter(
    (command) => !folders.some((folder) => isExecutable(join(folder, command))),
  );
  if (missing.length === 0) return undefined;
  return `The docs' tests need ${missing.join(", ")}; on Debian: sudo apt-get install ${missing.join(" ")}`;
}

/** Vitest calls it once, before any test. */
export function setup(): void {
  const complaint = complaintOf(process.env["PATH"] ?? "");
  if (!complaint) return;
  // An error would bring Vitest's own stack, in which the one line that counts is lost.
  console.error(complaint);
  process.exit(1);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
