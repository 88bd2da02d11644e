import { ApiError } from "@bluehour/contract";
import { type AspectRatio, type Obstacle, parseRoute, type Wanted, type Weighed } from "@bluehour/core";

/**
 * What to tell a caller whose model has no route that can paint what is wanted: the nearest thing to do about it.
 *
 * @param model - as the caller named it
 * @returns `model_unavailable` where only keys are missing, naming their variables; `unprocessable` where a route is
 * ready and cannot
 */
export function refuseModel(model: string, wanted: Wanted, { unable }: Weighed): ApiError {
  const obstacles = unable.map(({ obstacle }) => obstacle);
  const keys = keysOf(obstacles);
  const more = keys && `; its other routes need ${keys}`;
  const cannot = (what: string) => new ApiError("unprocessable", `Model "${model}" ${what}${more}`);

  // The catalogue has no route of this kind for it.
  if (unable.length === 0 && !wanted.edit) return cannot("only edits images: use /v1/ai-image-editor");
  if (obstacles.some(({ reason }) => reason === "wrong_size")) {
    const sizes = resolutionsOf(obstacles, wanted.aspectRatio);
    const advice = sizes.length > 0 ? `use ${sizes.join(", ")}` : "try another aspect ratio";
    return cannot(`does not paint ${wanted.aspectRatio} at ${wanted.resolution}: ${advice}`);
  }
  if (unable.length === 0 || obstacles.some(({ reason }) => reason === "does_not_edit")) {
    return cannot("does not edit images: use another model");
  }
  const providers = [...new Set(unable.map(({ route }) => parseRoute(route).provider))];
  const advice = keys ? `set ${keys}` : `this deployment has no provider ${providers.join(", ")}`;
  return new ApiError("model_unavailable", `No provider is configured for model "${model}": ${advice}`);
}

/** The variables to set, "A or B and C": each alternative once. */
function keysOf(obstacles: readonly Obstacle[]): string {
  const keys = obstacles.flatMap((obstacle) =>
    obstacle.reason === "not_configured" ? [obstacle.missing.join(" and ")] : [],
  );
  return [...new Set(keys)].join(" or ");
}

function resolutionsOf(obstacles: readonly Obstacle[], aspectRatio: AspectRatio): string[] {
  const resolutions = obstacles.flatMap((obstacle) =>
    obstacle.reason === "wrong_size" && obstacle.aspectRatios.includes(aspectRatio)
      ? obstacle.resolutions
      : [],
  );
  return [...new Set(resolutions)];
}
