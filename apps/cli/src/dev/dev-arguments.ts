import { resolve } from "node:path";
import { UsageError } from "../terminal/command-error.ts";
import { variables, wholeNumber } from "../terminal/flag-values.ts";
import { parseFlags } from "../terminal/parse-flags.ts";
import { DEV_PORT } from "../worker/obtain-worker.ts";

export interface DevArguments {
  readonly port: number;
  /** Absolute; undefined for the usual place. */
  readonly persistTo: string | undefined;
  readonly vars: Record<string, string>;
}

/**
 * @param directory - what relative paths are relative to
 * @returns null when help is asked for
 * @throws UsageError
 */
export function parseDevArguments(args: readonly string[], directory: string): DevArguments | null {
  const { values, words } = parseFlags(args, {
    port: "text",
    "persist-to": "text",
    var: "list",
    help: "switch",
  });
  if (values.help) return null;
  if (words.length > 0) throw new UsageError(`dev takes no "${words[0]}"; see --help`);
  const persistTo = values["persist-to"];
  return {
    port: wholeNumber("--port", values.port, [0, 65_535]) ?? DEV_PORT,
    persistTo: persistTo && resolve(directory, persistTo),
    vars: variables("--var", values.var),
  };
}

/** What `dev --help` says. */
export const DEV_HELP = `Usage: pnpm run dev [flags]

Runs the Worker locally until Ctrl-C.

  --port N          ${DEV_PORT} if not given, 0 for a free one
  --persist-to DIR  the Worker's state (.bluehour)
  --var NAME:value  a setting of the Worker, repeatable; wins over .dev.vars
  --help            this
`;
