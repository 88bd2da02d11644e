import type { Project } from "@bluehour/client";
import { type Draft, SHAPES } from "../request/draft.ts";

const KEY = "bluehour-ratios";
/** Jobs that run at a reload are few. */
const MOST_KEPT = 50;

/**
 * How wide each job's frames are to their height. Fixed when a job is first seen, so that nothing moves as its images
 * arrive; a project says it only once it is complete, so what was asked for in this tab is kept over a reload.
 */
export class FrameRatios {
  readonly #seen = new Map<string, number>(readKept());

  /** Notes what a job was asked for. */
  async expect(id: string, draft: Draft): Promise<void> {
    this.#seen.set(id, draft.shape === "auto" ? await ratioOfInput(draft) : toRatio(draft.shape));
    sessionStorage.setItem(KEY, JSON.stringify([...this.#seen].slice(-MOST_KEPT)));
  }

  of({ id, downloads: [first] }: Project): number {
    const ratio = this.#seen.get(id) ?? (first ? first.width / first.height : 1);
    this.#seen.set(id, ratio);
    return ratio;
  }
}

function readKept(): [string, number][] {
  try {
    // Written above, and by nobody else.
    return JSON.parse(sessionStorage.getItem(KEY) ?? "[]") as [string, number][];
  } catch {
    return [];
  }
}

function toRatio(shape: (typeof SHAPES)[number]): number {
  const [width = 1, height = 1] = shape.split(":").map(Number);
  return width / height;
}

/** The Worker takes the shape that is nearest to the first image. */
async function ratioOfInput({ inputs: [first] }: Draft): Promise<number> {
  const image = first && (await createImageBitmap(first.file).catch(() => null));
  if (!image) return 1;
  const far = (ratio: number) => Math.abs(Math.log((ratio * image.height) / image.width));
  return SHAPES.map(toRatio).reduce((best, ratio) => (far(ratio) < far(best) ? ratio : best));
}
