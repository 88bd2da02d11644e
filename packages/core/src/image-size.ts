import type { AspectRatio, Resolution } from "./provider.ts";

const LONGEST_EDGE: Record<Exclude<Resolution, "auto">, number> = {
  "640px": 640,
  "1k": 1024,
  "2k": 2048,
  "4k": 4096,
};

/**
 * Pixels of an image for models that take a size instead of a shape: the longest edge is the resolution's, the
 * other follows the aspect ratio.
 *
 * @param auto - what `auto` means for the model
 * @example imageSize("16:9", "1k") // { width: 1024, height: 576 }
 */
export function imageSize(
  aspectRatio: AspectRatio,
  resolution: Resolution,
  auto: Exclude<Resolution, "auto"> = "1k",
): { width: number; height: number } {
  const longest = LONGEST_EDGE[resolution === "auto" ? auto : resolution];
  const shortest = (longest * 9) / 16;
  if (aspectRatio === "16:9") return { width: longest, height: shortest };
  if (aspectRatio === "9:16") return { width: shortest, height: longest };
  return { width: longest, height: longest };
}
