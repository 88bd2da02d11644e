import { API_ERRORS, JOB_ERRORS } from "../../packages/contract/src/errors.ts";
import { markdownTable } from "./markdown-table.ts";

/** What a request can be answered with instead. */
export function apiErrorTable(): string {
  const rows = Object.entries(API_ERRORS).map(([code, { status, message }]) => [
    `${status}`,
    `\`${code}\``,
    message,
  ]);
  return markdownTable(["status", "code", "message, where none says more"], rows);
}

/** What a job can end with. */
export function jobErrorTable(): string {
  return markdownTable(
    ["code", "meaning"],
    Object.entries(JOB_ERRORS).map(([code, message]) => [`\`${code}\``, message]),
  );
}
