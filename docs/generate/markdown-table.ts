/** A table in Markdown; its columns are made even by the formatter. */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  // A line of Markdown ends a row, and a bar a cell.
  const clean = rows.map((row) =>
    row.map((cell) => cell.replaceAll(/\s*\n\s*/g, " ").replaceAll("|", "\\|")),
  );
  return [line(head), line(head.map(() => "---")), ...clean.map(line)].join("\n");
}
