import type { ImageGeneratorInput, Model, STYLE_TOOLS } from "@bluehour/client";

/** An image to work from, and an address of it for this page. */
export interface InputImage {
  readonly file: File;
  readonly previewUrl: string;
}

export const SHAPES = ["1:1", "16:9", "9:16"] as const;
export const RESOLUTIONS = ["auto", "640px", "1k", "2k", "4k"] as const;
export type StyleTool = (typeof STYLE_TOOLS)[number];
export type Shape = "auto" | (typeof SHAPES)[number];

/** What the form holds. */
export interface Draft {
  readonly prompt: string;
  readonly tool: StyleTool;
  readonly model: string;
  /** `auto`, as the first input image, is for edits alone. */
  readonly shape: Shape;
  readonly resolution: (typeof RESOLUTIONS)[number];
  readonly count: number;
  readonly inputs: readonly InputImage[];
}

export const EMPTY_DRAFT: Draft = {
  prompt: "",
  tool: "general",
  model: "default",
  shape: "1:1",
  resolution: "auto",
  count: 1,
  inputs: [],
};

/** Most input images of an edit, and most bytes of each. */
export const MAX_INPUTS = 10;
export const MAX_INPUT_BYTES = 25 * 1024 * 1024;

/** What fits both kinds of request. What is as the Worker has it anyway is left out. */
function sharedPart({ prompt, model, resolution, count }: Draft) {
  return {
    name: nameOf(prompt),
    image_count: count,
    ...(model === "default" ? {} : { model }),
    ...(resolution === "auto" ? {} : { resolution }),
  };
}

/** The request for images from words alone. */
export function toGeneratorRequest(draft: Draft): ImageGeneratorInput {
  const { prompt, tool, shape } = draft;
  return {
    ...sharedPart(draft),
    ...(shape === "auto" ? {} : { aspect_ratio: shape }),
    style: { prompt: prompt.trim(), ...(tool === "general" ? {} : { tool }) },
  };
}

/** The request for images made of others. @param paths - of the input images */
export function toEditorRequest<T>(draft: Draft, paths: T[]) {
  const { prompt, shape } = draft;
  return {
    ...sharedPart(draft),
    ...(shape === "auto" ? {} : { aspect_ratio: shape }),
    style: { prompt: prompt.trim() },
    assets: { image_file_paths: paths },
  };
}

/** By which a job is recognised later: projects do not repeat their prompt. */
function nameOf(prompt: string): string {
  const line = prompt.trim().replaceAll(/\s+/g, " ");
  return line.length <= 80 ? line : `${line.slice(0, 79)}…`;
}

/** What the job will cost; null while the catalogue is not known. */
export function costOf({ model, count }: Draft, models: readonly Model[]): number | null {
  const price = models.find(({ id }) => id === model)?.credits_per_image;
  return price === undefined ? null : price * count;
}
