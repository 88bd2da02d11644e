import { UsageError } from "./command-error.ts";
import { nearest } from "./nearest.ts";

/** A longer list is left to `--help` when it is clear what was meant. */
const MAX_LISTED = 10;

/** One of the valid values. @throws UsageError naming them, or the one that was probably meant */
export function oneOf<const Value extends string>(
  flag: string,
  value: string | undefined,
  valid: readonly Value[],
): Value | undefined {
  if (value === undefined) return undefined;
  const found = valid.find((candidate) => candidate === value);
  if (found !== undefined) return found;
  const meant = nearest(value, valid);
  const question = meant ? `did you mean "${meant}"? ` : "";
  const list = meant && valid.length > MAX_LISTED ? "--help lists them all" : `valid: ${valid.join(", ")}`;
  throw new UsageError(`${flag} cannot be "${value}"; ${question}${list}`);
}

/** A whole number within bounds, both included. @throws UsageError */
export function wholeNumber(
  flag: string,
  value: string | undefined,
  [min, max]: readonly [number, number],
): number | undefined {
  if (value === undefined) return undefined;
  const number = /^\d+$/.test(value) ? Number(value) : Number.NaN;
  if (number >= min && number <= max) return number;
  throw new UsageError(`${flag} cannot be "${value}"; a whole number from ${min} to ${max} is expected`);
}

/** `NAME:value` pairs, as wrangler takes them. @throws UsageError */
export function variables(flag: string, pairs: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    pairs.map((pair) => {
      const [, name, value] = /^([A-Za-z_]\w*):(.*)$/s.exec(pair) ?? [];
      if (name === undefined || value === undefined) {
        throw new UsageError(`${flag} cannot be "${pair}"; NAME:value is expected`);
      }
      return [name, value];
    }),
  );
}
