import type { Json } from "@bluehour/core";
import imageToImage from "./image-to-image.json" with { type: "json" };
import textToImage from "./text-to-image.json" with { type: "json" };

/** A graph in ComfyUI's API format, with placeholders such as `{{prompt}}` in its inputs. */
export type Workflow = Readonly<Record<string, Json>>;

/** What placeholders stand for. `image` is the first input image, as ComfyUI's `LoadImage` names it. */
export interface WorkflowValues {
  readonly model: string;
  readonly prompt: string;
  readonly negative: string;
  readonly width: number;
  readonly height: number;
  readonly seed: number;
  readonly count: number;
  readonly image: string;
}

/** Workflows for any Stable Diffusion checkpoint, by its file name as the model. */
export const CHECKPOINT_WORKFLOWS = { textToImage, imageToImage } as const;

/** Whether a workflow has a place for something. */
export function hasPlaceholder(workflow: Workflow, name: keyof WorkflowValues): boolean {
  return JSON.stringify(workflow).includes(`{{${name}}}`);
}

/**
 * A workflow with its placeholders filled in. One that is a whole input keeps the value's type, as numbers must be
 * numbers; inside a longer text it becomes text.
 */
export function fillWorkflow(workflow: Workflow, values: WorkflowValues): Json {
  const known = new Map(Object.entries(values));
  const fill = (node: Json): Json => {
    if (typeof node === "string") {
      const whole = /^\{\{(\w+)\}\}$/.exec(node)?.[1];
      if (whole !== undefined) return known.get(whole) ?? node;
      return node.replace(/\{\{(\w+)\}\}/g, (text, name: string) => `${known.get(name) ?? text}`);
    }
    if (Array.isArray(node)) return node.map(fill);
    if (node === null || typeof node !== "object") return node;
    return Object.fromEntries(Object.entries(node).map(([key, child]) => [key, fill(child)]));
  };
  return fill(workflow);
}
