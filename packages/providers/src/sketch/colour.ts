/** Red, green and blue, 0 to 1, as a screen takes them. */
export type Colour = readonly [red: number, green: number, blue: number];
export const WHITE: Colour = [1, 1, 1];

export function mix(from: Colour, to: Colour, amount: number): Colour {
  // By index: to take a colour apart into names would iterate over it, thrice as slow.
  const rest = 1 - amount;
  return [from[0] * rest + to[0] * amount, from[1] * rest + to[1] * amount, from[2] * rest + to[2] * amount];
}
export const luminance = (ink: Colour): number => ink[0] * 0.3 + ink[1] * 0.59 + ink[2] * 0.11;
/** The colour of six hexadecimal digits, and those of a list. */
const channel = (digits: string, at: number): number => Number.parseInt(digits.slice(at, at + 2), 16) / 255;
export const hex = (digits: string): Colour => [channel(digits, 0), channel(digits, 2), channel(digits, 4)];
export const hexes = (list: string): Colour[] => list.split(" ").map(hex);
/** The colour of a ramp at a place from 0, its first, to 1, its last. */
export function along(ramp: readonly Colour[], place: number): Colour {
  const at = clamp(place) * (ramp.length - 1);
  const from = ramp[Math.floor(at)] ?? WHITE;
  return mix(from, ramp[Math.ceil(at)] ?? from, at % 1);
}
export const clamp = (value: number, low = 0, high = 1): number => Math.min(high, Math.max(low, value));
/** 0 at `low`, 1 at `high`, smooth between: every soft edge. */
export function smooth(low: number, high: number, value: number): number {
  const t = clamp((value - low) / (high - low));
  return t * t * (3 - 2 * t);
}
/** Mixes integers into 32 well-spread bits: all the chance there is, so equal calls paint equal pictures. */
export function hash(a: number, b = 0): number {
  let bits = Math.imul(a ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(b ^ 0xc2b2ae35, 0x27d4eb2f);
  bits = Math.imul(bits ^ (bits >>> 15), 0x2c1b3c6d);
  bits = Math.imul(bits ^ (bits >>> 12), 0x297a2d39);
  return (bits ^ (bits >>> 15)) >>> 0;
}
/** 0 to 1, the same for the same pair. */
export const chance = (a: number, b: number): number => hash(a, b) / 2 ** 32;
/** What noise lies between, drawn once: a picture looks up millions. */
const DRAWN = Float32Array.from({ length: 2 ** 16 }, (_, at) => chance(at, 1));
const drawn = (at: number): number => DRAWN[at & 0xffff] ?? 0;
/** Value noise: 0 to 1, smooth, about one bump per unit. */
export function noise(x: number, y: number, seed: number): number {
  const [left, top] = [Math.floor(x), Math.floor(y)];
  const u = smooth(0, 1, x - left);
  const at = left + top * 7919 + (Math.imul(seed, 0x9e3779b1) >>> 16);
  const upper = drawn(at) * (1 - u) + drawn(at + 1) * u;
  return upper + (drawn(at + 7919) * (1 - u) + drawn(at + 7920) * u - upper) * smooth(0, 1, y - top);
}
/** Octaves of noise, 0 to 1: clouds, rock, hills. */
export function cloudiness(x: number, y: number, seed: number, octaves: number, bumps = noise): number {
  let sum = 0;
  for (let left = octaves, scale = 1; left > 0; left--, scale *= 2)
    sum += bumps(x * scale, y * scale, seed + left) / scale;
  return sum / (2 - 2 / 2 ** octaves);
}
