import { styleText } from "node:util";
import type { Finding } from "./finding.ts";

const COLOURS = { ok: "green", warning: "yellow", fault: "red" } as const;
const STATUS_COLUMN = "warning  ".length;

/** One line for each finding, what is to be done below it, and a count at the end. */
export function formatFindings(url: string, findings: readonly Finding[]): string {
  const nameColumn = Math.max(...findings.map(({ name }) => name.length)) + 2;
  const lines = findings.flatMap(({ name, status, message, fix }) => {
    const mark = styleText(COLOURS[status], status.padEnd(STATUS_COLUMN));
    const margin = " ".repeat(STATUS_COLUMN + nameColumn);
    return [`${mark}${name.padEnd(nameColumn)}${message}`, ...(fix === null ? [] : [`${margin}→ ${fix}`])];
  });
  return `${url}\n\n${lines.join("\n")}\n\n${summary(findings)}\n`;
}

/** For programs. */
export function formatFindingsAsJson(url: string, findings: readonly Finding[]): string {
  return `${JSON.stringify({ url, sound: !hasFault(findings), checks: findings }, null, 2)}\n`;
}

/** Whether something does not work. */
export function hasFault(findings: readonly Finding[]): boolean {
  return findings.some(({ status }) => status === "fault");
}

function summary(findings: readonly Finding[]): string {
  const counts = (["fault", "warning"] as const).flatMap((status) => {
    const count = findings.filter((finding) => finding.status === status).length;
    return count === 0 ? [] : [`${count} ${status}${count > 1 ? "s" : ""}`];
  });
  return counts.length === 0 ? "all is well" : counts.join(", ");
}
