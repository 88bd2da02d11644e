import { type Colour, clamp, WHITE } from "./colour.ts";

/** Pixels; a unit is about the shorter edge. Places are counted in units, so that pictures scale. */
export type Canvas = { readonly width: number; readonly height: number; readonly unit: number };
/** A row of pixels, three numbers each. */
export type Row = Float32Array<ArrayBuffer>;
/** Paints row `y` over what is there. Rows are asked for from the top. */
export type Painter = (row: Row, y: number) => void;
/** From the row `covers` on a layer hides all that is under it. */
export type Layer = { readonly covers: number; readonly paint: Painter };
/** The colour at a place over what is farther away. */
export type Shader = (x: number, y: number, under: Colour) => Colour;
export type Height = (x: number) => number;
export const everywhere: Height = () => -1;
/** The pixel whose red is at an index of a row. */
export const take = (row: Row, at: number): Colour => [row[at] ?? 0, row[at + 1] ?? 0, row[at + 2] ?? 0];
export const put = (row: Row, at: number, ink: Colour): void => {
  for (let channel = 0; channel < 3; channel++) row[at + channel] = ink[channel] ?? 0;
};

/** Samples to a unit of what is painted small and interpolated, at 4k a hundredth of the work. */
export const FINE = 400;
/** Paints all below a skyline, whose edge is sharp at any size. */
export function soft({ width, unit }: Canvas, top: Height, shader: Shader): Layer {
  const step = Math.max(1, unit / FINE);
  const edges = Float32Array.from({ length: width + 1 }, (_, x) => top((x + 0.5) / unit) * unit);
  const steep = edges.map((edge, x) => 1 / Math.hypot(1, (edges[x + 1] ?? edge) - edge));
  const [crest, covers] = [Math.min(...edges), Math.max(...edges) + 1];
  const line = new Float32Array((Math.ceil(width / step) + 2) * 3);
  const lines = [line.slice(), line.slice()];
  const held = [-1, -1];
  // Going down, the lower line of a row becomes the upper one of the next.
  const shaded = (index: number): Row => {
    const to = lines[index % 2] ?? line;
    const y = (index * step) / unit;
    for (let at = 0, x = 0; held[index % 2] !== index && at < to.length; at += 3, x += step / unit)
      if (y > top(x) - 0.03) put(to, at, shader(x, y, WHITE));
    held[index % 2] = index;
    return to;
  };
  const paint: Painter = (row, y) => {
    if (y + 1 < crest) return;
    const [index, v] = [Math.floor(y / step), (y / step) % 1];
    const [upper, lower] = [shaded(index), shaded(index + 1)];
    for (let at = 0; at < line.length; at++) line[at] = (upper[at] ?? 0) * (1 - v) + (lower[at] ?? 0) * v;
    for (let x = 0; x < width; x++) {
      const alpha = clamp((y + 0.5 - (edges[x] ?? 0)) * (steep[x] ?? 1) + 0.5);
      const left = Math.floor(x / step);
      const u = x / step - left;
      for (let to = x * 3, at = left * 3; alpha > 0 && to < x * 3 + 3; to++, at++) {
        const ink = (line[at] ?? 0) * (1 - u) + (line[at + 3] ?? 0) * u;
        row[to] = (row[to] ?? 0) * (1 - alpha) + ink * alpha;
      }
    }
  };
  return { covers, paint };
}
