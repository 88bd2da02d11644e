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
/** Value noise: 0 to 1, smooth, about one bump per unit. */
export function noise(x: number, y: number, seed: number): number {
  const [left, top] = [Math.floor(x), Math.floor(y)];
  const [u, v] = [smooth(0, 1, x - left), smooth(0, 1, y - top)];
  const [here, below] = [Math.imul(top, 0x1f123bb5) ^ seed, Math.imul(top + 1, 0x1f123bb5) ^ seed];
  const upper = chance(left, here) * (1 - u) + chance(left + 1, here) * u;
  return upper * (1 - v) + (chance(left, below) * (1 - u) + chance(left + 1, below) * u) * v;
}
/** Octaves of noise, 0 to 1: clouds, rock, hills. */
export function cloudiness(x: number, y: number, seed: number, octaves: number): number {
  let [sum, scale] = [0, 1];
  for (let left = octaves; left > 0; left--, scale *= 2)
    sum += noise(x * scale, y * scale, seed + left) / scale;
  return sum / (2 - 2 / scale);
}
