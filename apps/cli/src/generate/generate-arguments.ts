import { resolve } from "node:path";
import { type ImageGeneratorInput, STYLE_TOOLS } from "@bluehour/client";
import { UsageError } from "../terminal/command-error.ts";
import { oneOf, variables, wholeNumber } from "../terminal/flag-values.ts";
import { parseFlags } from "../terminal/parse-flags.ts";

/** The names of a record that must have them all. */
function namesOf<Name extends string>(record: Record<Name, true>): readonly Name[] {
  // `Object.keys` forgets what the keys are called.
  return Object.keys(record) as Name[];
}

type Input<Field extends keyof ImageGeneratorInput> = NonNullable<ImageGeneratorInput[Field]>;

const ORIENTATIONS = namesOf<Input<"orientation">>({ landscape: true, portrait: true, square: true });
const ASPECT_RATIOS = namesOf<Input<"aspect_ratio">>({ "1:1": true, "16:9": true, "9:16": true });
const RESOLUTIONS = namesOf<Input<"resolution">>({
  auto: true,
  "640px": true,
  "1k": true,
  "2k": true,
  "4k": true,
});

/** Images that one job may make. */
const COUNT_BOUNDS = [1, 16] as const;

/** Which Worker is to do it. */
type Target =
  | { readonly kind: "remote"; readonly url: string; readonly token: string }
  | { readonly kind: "local"; readonly persistTo: string | undefined; readonly vars: Record<string, string> };

export interface GenerateArguments {
  readonly request: ImageGeneratorInput;
  readonly target: Target;
  /** Absolute. */
  readonly outputDirectory: string;
  readonly asJson: boolean;
  readonly verbose: boolean;
}

/**
 * @param directory - what relative paths are relative to
 * @returns null when help is asked for
 * @throws UsageError
 */
export function parseGenerateArguments(args: readonly string[], directory: string): GenerateArguments | null {
  const { values, words } = parseFlags(args, {
    count: "text",
    orientation: "text",
    "aspect-ratio": "text",
    tool: "text",
    model: "text",
    resolution: "text",
    name: "text",
    out: "text",
    json: "switch",
    url: "text",
    token: "text",
    "persist-to": "text",
    var: "list",
    verbose: "switch",
    help: "switch",
  });
  if (values.help) return null;
  const prompt = words.join(" ").trim();
  if (prompt === "") {
    throw new UsageError('what is to be painted? For example: pnpm run generate "a lighthouse at dusk"');
  }
  return {
    request: {
      image_count: wholeNumber("--count", values.count, COUNT_BOUNDS) ?? 1,
      orientation: oneOf("--orientation", values.orientation, ORIENTATIONS),
      aspect_ratio: oneOf("--aspect-ratio", values["aspect-ratio"], ASPECT_RATIOS),
      resolution: oneOf("--resolution", values.resolution, RESOLUTIONS),
      model: values.model,
      name: values.name,
      style: { prompt, tool: oneOf("--tool", values.tool, STYLE_TOOLS) },
    },
    target: targetOf({ ...values, persistTo: values["persist-to"], vars: values.var }, directory),
    outputDirectory: resolve(directory, values.out ?? "outputs"),
    asJson: values.json,
    verbose: values.verbose,
  };
}

interface TargetFlags {
  readonly url: string | undefined;
  readonly token: string | undefined;
  readonly persistTo: string | undefined;
  readonly vars: readonly string[];
}

function targetOf({ url, token, persistTo, vars }: TargetFlags, directory: string): Target {
  if (url === undefined) {
    if (token !== undefined) throw new UsageError("--token goes with --url");
    return {
      kind: "local",
      persistTo: persistTo && resolve(directory, persistTo),
      vars: variables("--var", vars),
    };
  }
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) {
    throw new UsageError(
      `--url cannot be "${url}"; an address such as https://images.example.com is expected`,
    );
  }
  if (persistTo !== undefined || vars.length > 0) {
    throw new UsageError("--persist-to and --var are for the local Worker, and do not go with --url");
  }
  // From the environment a token is in no shell history.
  const known = token ?? process.env["BLUEHOUR_TOKEN"];
  if (!known) throw new UsageError("--url needs a --token, or BLUEHOUR_TOKEN in the environment");
  return { kind: "remote", url, token: known };
}

/** What `generate --help` says. */
export const GENERATE_HELP = `Usage: pnpm run generate "a lighthouse at dusk" [flags]

Paints images with the Worker, started locally, and writes them to files.

  --count N             images to make, ${COUNT_BOUNDS.join(" to ")} (1)
  --orientation NAME    ${ORIENTATIONS.join(", ")}
  --aspect-ratio RATIO  ${ASPECT_RATIOS.join(", ")} (1:1); wins over --orientation
  --resolution NAME     ${RESOLUTIONS.join(", ")} (auto)
  --tool NAME           an art style, see below (general)
  --model NAME          an alias, or provider/model (default)
  --name TEXT           a name to recognise the job by
  --out DIR             where the files go (outputs)
  --json                print one JSON document instead of paths
  --url URL             a deployed Worker instead of the local one
  --token TOKEN         an account's token there; default: BLUEHOUR_TOKEN of the environment
  --persist-to DIR      the local Worker's state (.bluehour)
  --var NAME:value      a setting of the local Worker, repeatable
  --verbose             show the local Worker's warnings and errors
  --help                this

Ctrl-C cancels the job. Exit codes: 0 done, 1 failed, 2 wrong flags, 130 canceled.

Tools:
${STYLE_TOOLS.map((tool) => `  ${tool}`).join("\n")}
`;
