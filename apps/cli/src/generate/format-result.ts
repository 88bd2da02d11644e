import { relative } from "node:path";
import type { Result } from "@bluehour/client";

/** Where a job is to be asked about. */
export function jobUrl(baseUrl: string, id: string): string {
  return `${baseUrl.replace(/\/+$/, "")}/v1/image-projects/${id}`;
}

/** What goes to stdout: a path a line, then the job's URL. @param directory - where the user is */
export function formatText(result: Result, baseUrl: string, directory: string): string {
  const paths = result.downloaded_paths.map((path) => {
    const short = relative(directory, path);
    return short.startsWith("..") ? path : short;
  });
  return `${[...paths, jobUrl(baseUrl, result.id)].join("\n")}\n`;
}

/** What goes to stdout with `--json`: one document. Paths are absolute. */
export function formatJson(result: Result): string {
  const { downloaded_paths: paths, files: _none, ...project } = result;
  const { id, status, credits_charged, downloads } = project;
  const urls = downloads.map(({ url }) => url);
  return `${JSON.stringify({ id, status, paths, urls, credits_charged, project }, null, 2)}\n`;
}
