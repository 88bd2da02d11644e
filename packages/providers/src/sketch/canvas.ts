import { clamp } from "./noise.ts";

/** Red, green and blue, 0 to 1, as a screen takes them. */
export type Colour = readonly [red: number, green: number, blue: number];
/** A row of pixels, three numbers each. */
export type Row = Float32Array;
/** Paints what it shows in row `y` over what is there. Rows may come in any order: reflections do so. */
export type Layer = (row: Row, y: number) => void;
/** The colour at a place over what is under it. Places are counted in units, so that pictures scale. */
export type Shader = (x: number, y: number, under: Colour) => Colour;
/** Pixels; a unit is about the shorter edge. */
export type Canvas = { readonly width: number; readonly height: number; readonly unit: number };

export const BLACK: Colour = [0, 0, 0];
export const WHITE: Colour = [1, 1, 1];
export const mix = (from: Colour, to: Colour, amount: number): Colour => [
  from[0] + (to[0] - from[0]) * amount,
  from[1] + (to[1] - from[1]) * amount,
  from[2] + (to[2] - from[2]) * amount,
];
/** Adds light, never past white. */
export const lit = (under: Colour, by: Colour, amount: number): Colour => [
  under[0] + (1 - under[0]) * by[0] * amount,
  under[1] + (1 - under[1]) * by[1] * amount,
  under[2] + (1 - under[2]) * by[2] * amount,
];
/** The colour of six hexadecimal digits. */
export function hex(digits: string): Colour {
  const bits = Number.parseInt(digits, 16);
  return [(bits >> 16) / 255, ((bits >> 8) & 255) / 255, (bits & 255) / 255];
}
export const luminance = (ink: Colour): number => ink[0] * 0.3 + ink[1] * 0.59 + ink[2] * 0.11;
/** The colour of a ramp at a place from 0, its first, to 1, its last. */
export function along(ramp: readonly Colour[], place: number): Colour {
  const at = clamp(place) * (ramp.length - 1);
  const from = ramp[Math.floor(at)] ?? WHITE;
  return mix(from, ramp[Math.ceil(at)] ?? from, at % 1);
}
export const take = (row: Row, at: number): Colour => [row[at] ?? 0, row[at + 1] ?? 0, row[at + 2] ?? 0];
export function put(row: Row, at: number, ink: Colour): void {
  row[at] = ink[0];
  row[at + 1] = ink[1];
  row[at + 2] = ink[2];
}

/** Samples to a unit of what is painted small and interpolated, at 4k a hundredth of the work. */
export const FINE = 400;
/** Paints everything, or all below a skyline, whose edge is sharp at any size. */
export function soft({ width, unit }: Canvas, shader: Shader, top = (_: number): number => -9): Layer {
  const scale = Math.min(FINE, unit) / unit;
  const edges = Float32Array.from({ length: width }, (_, x) => top((x + 0.5) / unit) * unit);
  const steep = edges.map((edge, x) => 1 / Math.hypot(1, (edges[x + 1] ?? edge) - edge));
  const crest = edges.reduce((high, edge) => Math.min(high, edge));
  const lines = new Map<number, Row>();
  const line = (index: number): Row => {
    const made = lines.get(index) ?? new Float32Array(Math.ceil(width * scale) * 3 + 6);
    for (let at = 0; at < made.length && !lines.has(index); at += 3) {
      const [x, y] = [at / 3 / scale / unit, index / scale / unit];
      if (y > top(x) - 0.03) put(made, at, shader(x, y, WHITE));
    }
    if (lines.size > 3) lines.clear();
    lines.set(index, made);
    return made;
  };
  return (row, y) => {
    if (y + 1 < crest) return;
    const [upper, lower, v] = [line(Math.floor(y * scale)), line(Math.floor(y * scale) + 1), (y * scale) % 1];
    for (let x = 0; x < width; x++) {
      const alpha = clamp((y + 0.5 - (edges[x] ?? 0)) * (steep[x] ?? 1) + 0.5);
      if (alpha === 0) continue;
      const left = Math.floor(x * scale);
      const u = x * scale - left;
      for (let to = x * 3, at = left * 3; to < x * 3 + 3; to++, at++) {
        const high = (upper[at] ?? 0) * (1 - u) + (upper[at + 3] ?? 0) * u;
        const low = (lower[at] ?? 0) * (1 - u) + (lower[at + 3] ?? 0) * u;
        row[to] = (row[to] ?? 0) * (1 - alpha) + (high * (1 - v) + low * v) * alpha;
      }
    }
  };
}
