import { parseArgs } from "node:util";
import { UsageError } from "./command-error.ts";
import { nearest } from "./nearest.ts";

/** `text` takes a value, `list` may be given several times, `switch` stands alone. */
export type FlagKind = "text" | "list" | "switch";

type FlagValue<Kind extends FlagKind> = Kind extends "list"
  ? readonly string[]
  : Kind extends "text"
    ? string | undefined
    : boolean;

export interface Flags<Kinds extends Record<string, FlagKind>> {
  readonly values: { readonly [Name in keyof Kinds]: FlagValue<Kinds[Name]> };
  /** What is not a flag. */
  readonly words: readonly string[];
}

/**
 * Parses `--name value`, `--name=value`, `--switch` and words, in any order. A literal `--` is dropped wherever it
 * is: package managers pass theirs on.
 *
 * @throws UsageError for an unknown flag, a value that is missing, or one that does not belong there
 */
export function parseFlags<const Kinds extends Record<string, FlagKind>>(
  args: readonly string[],
  kinds: Kinds,
): Flags<Kinds> {
  const names = Object.keys(kinds);
  const { tokens } = parseArgs({
    args: args.filter((arg) => arg !== "--"),
    options: Object.fromEntries(
      names.map((name) => [
        name,
        { type: kinds[name] === "switch" ? ("boolean" as const) : ("string" as const) },
      ]),
    ),
    allowPositionals: true,
    strict: false,
    tokens: true,
  });

  const given = new Map<string, string[]>();
  const words: string[] = [];
  for (const token of tokens) {
    if (token.kind === "positional") words.push(token.value);
    if (token.kind !== "option") continue;
    const { rawName, value } = token;
    const name = rawName === "-h" ? "help" : rawName.replace(/^--/, "");
    const kind = Object.hasOwn(kinds, name) ? kinds[name] : undefined;
    if (!kind) throw unknownFlag(rawName, names);
    given.set(name, [...(given.get(name) ?? []), checkedValue(rawName, kind, value)]);
  }

  const values = names.map((name) => {
    const all = given.get(name);
    if (kinds[name] === "list") return [name, all ?? []];
    return [name, kinds[name] === "switch" ? all !== undefined : all?.at(-1)];
  });
  // Made just as the kinds say.
  return { values: Object.fromEntries(values) as Flags<Kinds>["values"], words };
}

function checkedValue(rawName: string, kind: FlagKind, value: string | undefined): string {
  if (kind === "switch") {
    if (value !== undefined) throw new UsageError(`${rawName} takes no value`);
    return "";
  }
  if (value === undefined || value.startsWith("--")) throw new UsageError(`${rawName} needs a value`);
  if (value.trim() === "") throw new UsageError(`${rawName} is empty`);
  return value;
}

function unknownFlag(rawName: string, names: readonly string[]): UsageError {
  const meant = nearest(rawName.replace(/^-+/, ""), names);
  return new UsageError(`unknown flag ${rawName}${meant ? `; did you mean --${meant}?` : "; see --help"}`);
}
