import shapes from "./style-shapes.json" with { type: "json" };

/** How a style tool shapes a prompt. Every field may be empty: then it adds nothing. */
export interface StyleShape {
  /** Medium, technique and mood: what follows the caller's words. */
  readonly positive: string;
  /** How such a picture is framed unless the caller says otherwise. */
  readonly composition: string;
  /** What to keep out, for models that are told so apart. */
  readonly negative: string;
}

/**
 * Magic Hour's 35 style tools for everybody else: what each asks of a model that has never heard of it. The names are
 * Magic Hour's, the words are ours; what Magic Hour itself does with a tool it does not publish. Shows and studios are
 * described by what they look like, since many providers refuse their names. `general` asks for nothing.
 */
export const STYLE_SHAPES: Readonly<Record<string, StyleShape>> = shapes;
