import type { Figures } from "./paces.ts";

/** Column heads of `shown`. */
export const LAG: readonly string[] = ["polls a job", "median lag, ms", "95th percentile, ms"];

/** Prints a Markdown table under its heading. */
export function table(title: string, head: readonly string[], rows: readonly (readonly string[])[]): void {
  const rule = head.map((_, index) => (index === 0 ? "---" : "--:"));
  const lines = [head, rule, ...rows].map((cells) => `| ${cells.join(" | ")} |`);
  console.log(`\n### ${title}\n\n${lines.join("\n")}`);
}

/** Figures as the cells of a table. */
export function shown({ polls, median, p95 }: Figures): string[] {
  return [polls.toFixed(2), median.toFixed(0), p95.toFixed(0)];
}

export function average(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
