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
  const left = Math.floor(x);
  const top = Math.floor(y);
  const u = smooth(0, 1, x - left);
  const at = left + top * 7919 + (Math.imul(seed, 0x9e3779b1) >>> 16);
  const upper = drawn(at) * (1 - u) + drawn(at + 1) * u;
  return upper + (drawn(at + 7919) * (1 - u) + drawn(at + 7920) * u - upper) * smooth(0, 1, y - top);
}
/** Octaves of noise, 0 to 1: clouds, rock, hills. */
export function cloudiness(x: number, y: number, seed: number, octaves: number): number {
  let sum = 0;
  for (let left = octaves, scale = 1; left > 0; left--, scale *= 2)
    sum += noise(x * scale, y * scale, seed + left) / scale;
  return sum / (2 - 2 / 2 ** octaves);
}
