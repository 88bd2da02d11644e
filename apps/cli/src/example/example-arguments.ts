import { UsageError } from "../terminal/command-error.ts";
import { oneOf, wholeNumber } from "../terminal/flag-values.ts";
import { parseFlags } from "../terminal/parse-flags.ts";
import { type Target, targetOf } from "../worker/target.ts";

/** The folders of `examples/`. */
const NAMES = ["vite", "next", "node", "worker"] as const;

export interface ExampleArguments {
  readonly name: (typeof NAMES)[number];
  /** Where the example listens, if it does; undefined: where it usually does. */
  readonly port: number | undefined;
  /** The Worker that it uses. */
  readonly target: Target;
}

/**
 * @param directory - what relative paths are relative to
 * @returns null when help is asked for
 * @throws UsageError
 */
export function parseExampleArguments(args: readonly string[], directory: string): ExampleArguments | null {
  const { values, words } = parseFlags(args, {
    port: "text",
    url: "text",
    token: "text",
    "persist-to": "text",
    var: "list",
    help: "switch",
  });
  if (values.help) return null;
  const [word, extra] = words;
  if (extra !== undefined) throw new UsageError(`example takes one name, and no "${extra}"; see --help`);
  const name = oneOf("example", word, NAMES);
  if (name === undefined) throw new UsageError(`which example? ${NAMES.join(", ")}; see --help`);
  const target = targetOf(values, directory);
  if (name === "worker" && (target.kind === "remote" || Object.keys(target.vars).length > 0)) {
    throw new UsageError("--url and --var do not go with worker, which runs a Bluehour of its own");
  }
  return { name, port: wholeNumber("--port", values.port, [1, 65_535]), target };
}

/** What `example --help` says. */
export const EXAMPLE_HELP = `Usage: pnpm run example NAME [flags]

Installs one of the examples (${NAMES.join(", ")}), starts it and the Worker that it uses, until it
ends or Ctrl-C. Uses the Worker of a running dev, if there is one.

  --port N          where the example listens, if not where it usually does
  --url URL         a deployed Worker instead of the local one
  --token TOKEN     an account's token there; default: BLUEHOUR_TOKEN of the environment
  --persist-to DIR  the local Worker's state (.bluehour)
  --var NAME:value  a setting of the local Worker, repeatable
  --help            this
`;
