import { STYLE_SHAPES } from "./style-shapes.ts";

/** A prompt as a model without style tools is asked. */
export interface ShapedPrompt {
  readonly prompt: string;
  /** What to keep out; only for models that take it apart, as others paint what they read. */
  readonly negative: string;
}

/**
 * Applies a style tool to a prompt. The caller's words come first and whole, since models weigh what they read first
 * and shortest limits cut the end. A tool that is not known changes nothing.
 *
 * @param limit - most characters the model takes; the style is cut before the caller's words are
 * @example shapePrompt("a fox", "ai-icon-generator").prompt // "a fox. Style: app icon, … Composition: …"
 */
export function shapePrompt(prompt: string, tool: string, limit = Number.POSITIVE_INFINITY): ShapedPrompt {
  const shape = Object.hasOwn(STYLE_SHAPES, tool) ? STYLE_SHAPES[tool] : undefined;
  const words = prompt.trim();
  if (!shape) return { prompt: cut(words, limit), negative: "" };
  const begin = /[.!?…]$/.test(words) ? words : `${words}.`;
  const shaped = `${begin} Style: ${shape.positive}. Composition: ${shape.composition}.`;
  return { prompt: cut(shaped, limit), negative: shape.negative };
}

function cut(text: string, limit: number): string {
  // Not in the middle of a character that takes two units.
  return text.length <= limit ? text : text.slice(0, limit).replace(/[\uD800-\uDBFF]$/, "");
}
