import { UsageError } from "../terminal/command-error.ts";
import { parseFlags } from "../terminal/parse-flags.ts";
import { type Target, targetOf } from "../worker/target.ts";

export interface DoctorArguments {
  readonly target: Target;
  readonly asJson: boolean;
}

/**
 * @param directory - what relative paths are relative to
 * @returns null when help is asked for
 * @throws UsageError
 */
export function parseDoctorArguments(args: readonly string[], directory: string): DoctorArguments | null {
  const { values, words } = parseFlags(args, {
    url: "text",
    token: "text",
    json: "switch",
    "persist-to": "text",
    var: "list",
    help: "switch",
  });
  if (values.help) return null;
  if (words.length > 0) throw new UsageError(`doctor takes no "${words[0]}"; see --help`);
  return { target: targetOf(values, directory), asJson: values.json };
}

/** What `doctor --help` says. */
export const DOCTOR_HELP = `Usage: pnpm run doctor [flags]
Looks whether a deployment is sound, from inside and from outside, and says how to fix what is not.
Paints nothing, and costs nothing. Exits with 1 if there is a fault.
  --url URL         the deployment; default: the local Worker
  --token TOKEN     its ADMIN_TOKEN; default: BLUEHOUR_TOKEN of the environment
  --json            prints one JSON object
  --persist-to DIR  the local Worker's state (.bluehour)
  --var NAME:value  a setting of the local Worker, repeatable
  --help            this
`;
