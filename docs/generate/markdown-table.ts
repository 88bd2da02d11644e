/** A table in Markdown, its columns as wide as their longest cell. An empty head is a column without a title. */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  // A line of Markdown ends a row, and a bar a cell.
  const clean = rows.map((row) =>
    row.map((cell) => cell.replaceAll(/\s*\n\s*/g, " ").replaceAll("|", "\\|")),
  );
  const widths = head.map((title, column) =>
    Math.max(title.length, 3, ...clean.map((row) => (row[column] ?? "").length)),
  );
  const line = (cells: readonly string[]) =>
    `| ${widths.map((width, column) => (cells[column] ?? "").padEnd(width)).join(" | ")} |`;
  return [line(head), `| ${widths.map((width) => "-".repeat(width)).join(" | ")} |`, ...clean.map(line)].join(
    "\n",
  );
}
