interface Notation {
  readonly key: (name: string) => string;
  /** What stands inside the braces of an object on one line. */
  readonly padding: string;
  /** Most characters of an object or list that stands on one line. */
  readonly width: number;
}

/** A value of JSON in the notation of a language, over several lines where it is long. */
export function writeLiteral(value: unknown, { key, padding, width }: Notation, indent = ""): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const deeper = `${indent}  `;
  const list = Array.isArray(value);
  const parts = list
    ? value.map((item) => writeLiteral(item, { key, padding, width }, deeper))
    : Object.entries(value).map(
        ([name, item]) => `${key(name)}: ${writeLiteral(item, { key, padding, width }, deeper)}`,
      );
  const [open, close, space] = list ? ["[", "]", ""] : ["{", "}", padding];
  const line = `${open}${space}${parts.join(", ")}${space}${close}`;
  if (line.length + indent.length <= width && !line.includes("\n")) return line;
  return `${open}\n${parts.map((part) => `${deeper}${part},\n`).join("")}${indent}${close}`;
}
