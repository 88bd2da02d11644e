import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { type EditRequest, type ImageGeneratorInput, STYLE_TOOLS } from "@bluehour/client";
import { UsageError } from "../terminal/command-error.ts";
import { oneOf, wholeNumber } from "../terminal/flag-values.ts";
import { parseFlags } from "../terminal/parse-flags.ts";
import { type Target, targetOf } from "../worker/target.ts";

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

/** Images that one edit may work from. */
const MAX_IMAGES = 10;

/** From words alone, or from images. */
type Job =
  | { readonly kind: "paint"; readonly request: ImageGeneratorInput }
  | { readonly kind: "edit"; readonly request: EditRequest };

export interface GenerateArguments {
  readonly job: Job;
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
    image: "list",
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
  const orientation = oneOf("--orientation", values.orientation, ORIENTATIONS);
  const tool = oneOf("--tool", values.tool, STYLE_TOOLS);
  const request = {
    image_count: wholeNumber("--count", values.count, COUNT_BOUNDS) ?? 1,
    aspect_ratio: oneOf("--aspect-ratio", values["aspect-ratio"], ASPECT_RATIOS),
    resolution: oneOf("--resolution", values.resolution, RESOLUTIONS),
    model: values.model,
    name: values.name,
  };
  const images = imagesOf(values.image, directory);
  if (images.length > 0 && (orientation || tool)) {
    throw new UsageError("--orientation and --tool do not go with --image; --aspect-ratio does");
  }
  return {
    job:
      images.length > 0
        ? {
            kind: "edit",
            request: { ...request, style: { prompt }, assets: { image_file_paths: images } },
          }
        : { kind: "paint", request: { ...request, orientation, style: { prompt, tool } } },
    target: targetOf(values, directory),
    outputDirectory: resolve(directory, values.out ?? "outputs"),
    asJson: values.json,
    verbose: values.verbose,
  };
}

/** Addresses as they are, paths from where the user is. Looked for before a Worker is started for them. */
function imagesOf(images: readonly string[], directory: string): string[] {
  if (images.length > MAX_IMAGES) throw new UsageError(`--image can be given ${MAX_IMAGES} times at most`);
  return images.map((image) => {
    if (/^https?:/i.test(image)) return image;
    const path = resolve(directory, image);
    if (!existsSync(path)) throw new UsageError(`--image cannot be "${image}"; there is no such file`);
    return path;
  });
}

/** What `generate --help` says. */
export const GENERATE_HELP = `Usage: pnpm run generate "a lighthouse at dusk" [flags]

Paints images with the Worker, started locally, and writes them to files; with --image, edits them.

  --count N             images to make, ${COUNT_BOUNDS.join(" to ")} (1)
  --orientation NAME    ${ORIENTATIONS.join(", ")}
  --aspect-ratio RATIO  ${ASPECT_RATIOS.join(", ")} (1:1); wins over --orientation
  --resolution NAME     ${RESOLUTIONS.join(", ")} (auto)
  --tool NAME           an art style, see below (general)
  --model NAME          an alias, or provider/model (default)
  --name TEXT           a name to recognise the job by
  --image FILE          an image to work from: a file or an https address, repeatable; not with
                        --orientation and --tool
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
