import { STYLE_SHAPES } from "./style-shapes.ts";

/** A prompt as a model without style tools is asked. */
export interface ShapedPrompt {
  /** The caller's words first and whole, then the style's. */
  readonly prompt: string;
  /** What to keep out; empty for nothing. Only for models that take it apart: others paint what they read here. */
  readonly negative: string;
}

/**
 * Applies a style tool to a prompt, for models that have none. A tool nobody knows changes nothing, as `general` does.
 *
 * @param request - `maxLength`: most characters the model reads. What of the style does not fit is left out; the
 * caller's words are never cut, so a prompt that is itself too long comes back too long.
 * @example shapePrompt({ prompt: "a fox", tool: "ai-icon-generator" }).prompt
 * // "a fox. App icon, bold simple geometry, … Composition: a single symbol, centred, with even margins."
 */
export function shapePrompt({
  prompt,
  tool,
  maxLength = Number.POSITIVE_INFINITY,
}: {
  prompt: string;
  tool: string;
  maxLength?: number | undefined;
}): ShapedPrompt {
  const shape = Object.hasOwn(STYLE_SHAPES, tool) ? STYLE_SHAPES[tool] : undefined;
  if (!shape?.positive) return { prompt, negative: "" };
  const words = prompt.trimEnd();
  const sentence = /[.,;:!?…。！？]$/u.test(words) ? words : `${words}.`;
  const styled = `${sentence} ${shape.positive}.`;
  const composed = `${styled} Composition: ${shape.composition}.`;
  const fitting = [composed, styled].find(({ length }) => length <= maxLength) ?? prompt;
  return { prompt: fitting, negative: shape.negative };
}
