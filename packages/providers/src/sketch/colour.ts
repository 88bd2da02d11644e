import { clamp } from "./noise.ts";

/** Red, green and blue, 0 to 1, as a screen takes them. */
export type Colour = readonly [red: number, green: number, blue: number];
export const BLACK: Colour = [0, 0, 0];
export const WHITE: Colour = [1, 1, 1];

// By index: to take a colour apart into names would iterate over it, thrice as slow.
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
export const luminance = (ink: Colour): number => ink[0] * 0.3 + ink[1] * 0.59 + ink[2] * 0.11;
/** The colour of six hexadecimal digits, and those of a list. */
export const hex = (digits: string): Colour => {
  const bits = Number.parseInt(digits, 16);
  return [(bits >> 16) / 255, ((bits >> 8) & 255) / 255, (bits & 255) / 255];
};
export const hexes = (list: string): Colour[] => list.split(" ").map(hex);
/** The colour of a ramp at a place from 0, its first, to 1, its last. */
export function along(ramp: readonly Colour[], place: number): Colour {
  const at = clamp(place) * (ramp.length - 1);
  const from = ramp[Math.floor(at)] ?? WHITE;
  return mix(from, ramp[Math.ceil(at)] ?? from, at % 1);
}
