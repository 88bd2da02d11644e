import { FINE, hex, type Layer, mix, put, type Shader, take, WHITE } from "./canvas.ts";
import { chance, clamp, cloudiness, noise, smooth } from "./noise.ts";
import type { World } from "./scene.ts";

/** Height of each land, 0 to about 1, at `u` counted in mountains, dunes, towers or a few trees. */
const HEIGHTS = {
  hills: (u: number, seed: number) => cloudiness(u * 0.8, 0, seed, 2),
  swells: (u: number, seed: number) => 0.2 + 0.3 * Math.sin(u * 1.7 + seed) + 0.6 * noise(u * 0.7, 0, seed),
  dunes: (u: number, seed: number) => 0.9 - Math.abs(1.6 * noise(u * 0.7, 0, seed) - 0.8),
  mountains(u: number, seed: number) {
    const fold = (octave: number) => 1 - Math.abs(2 * noise(u * 1.1 * 2.1 ** octave, octave, seed) - 1);
    const sum = [0, 1, 2, 3, 4, 5, 6, 7].reduce((all, octave) => all + fold(octave) / 2 ** (octave + 1), 0);
    return sum * (0.45 + 0.75 * noise(u * 0.6, 9, seed));
  },
  pines(u: number, seed: number) {
    const tops = [-2, -1, 0, 1, 2].map((near) => {
      const cell = Math.floor(u * 14) + near;
      const [tall, away] = [chance(cell, seed), Math.abs(u * 14 - cell - 0.2 - 0.6 * chance(cell, seed + 1))];
      return 0.35 + 0.65 * tall - away * (0.62 + 0.3 * tall) + 0.09 * ((away * 6.5) % 1);
    });
    return Math.max(0, ...tops) * 0.5 + 0.7 * noise(u * 1.5, 3, seed);
  },
  towers(u: number, seed: number) {
    const [cell, aside] = [Math.floor(u * 6), Math.abs(((u * 6) % 1) - 0.5)];
    const mast = aside < 0.03 && chance(cell, seed + 2) < 0.35 ? 0.2 : 0;
    return 0.3 + 0.6 * chance(cell, seed) + (aside < 0.28 ? 0.12 * chance(cell, seed + 1) : 0) + mast;
  },
};
export type Land = keyof typeof HEIGHTS;
export type Height = (x: number) => number;
/** How a land lies: from `base` up, how near it is and which of its kind. */
export type Lie = readonly [land: Land, base: number, height: Height, near: number, index: number];

/** The skyline of a land, worked out once. */
export function skyline({ wide, seed }: World, [land, base, height, near, index]: Lie): Height {
  const table = Float32Array.from({ length: wide * FINE + 20 }, (_, at) => {
    const x = (at - 8) / FINE;
    return base - height(x) * HEIGHTS[land]((x * 2) / near + 40, seed + index * 31);
  });
  return (x) => {
    const at = clamp(x * FINE + 8, 0, table.length - 2);
    const left = table[Math.floor(at)] ?? 0;
    return left + ((table[Math.floor(at) + 1] ?? left) - left) * (at % 1);
  };
}

/** Rock, sand, grass or wood, from far, `depth` 0, to near, 1: facets in light and shadow, snow, mist at its foot. */
export function stone(world: World, land: Land, top: Height, depth: number): Shader {
  const { far, near, high, low, light, haze, has, night, seed } = world;
  const rock = land === "mountains";
  const [facets, grit] = land === "dunes" ? [1.5, 0.06] : rock ? [1, 1] : [0.5, 0.35];
  const dye = land === "dunes" ? (world.dyes[0] ?? hex("e08a3c")) : hex(has("autumn") ? "b5622a" : "4c7a46");
  const plain = mix(far, near, depth);
  const dark = mix(mix(plain, dye, rock ? 0 : night ? 0.15 : 0.4), haze, has("snow") ? 0.3 : 0);
  const bright = mix(dark, mix(light, low, 0.4), land === "pines" ? 0.05 : 0.48 - 0.22 * depth);
  const snow = !rock || has("autumn") ? 0 : has("snow") ? 0.3 : 0.13;
  const [white, blue] = [mix(light, WHITE, 0.6), mix(dark, [0.62, 0.74, 0.92], 0.55)];
  const [mist, deep] = has("fog")
    ? [mix(mix(haze, high, 0.5), plain, depth * 0.3), 0.16]
    : [mix(haze, plain, depth * 0.7), 0.34];
  const side = world.sun.x < world.wide / 2 ? 1 : -1;
  return (x, y) => {
    const down = y - top(x);
    const grain = (cloudiness(x * 22, y * 22, seed, 3) - 0.5) * grit;
    const at = x + (down * 0.55 + grain * 0.05) * side;
    const slope = (top(at + 0.008) - top(at - 0.008)) / 0.016;
    const facing = clamp(0.5 - slope * side * 0.9 + grain * 0.8);
    const bare = mix(dark, bright, clamp(0.5 + (facing - 0.5) * facets + grain * 0.16));
    const lies = snow && smooth(0.75, 0.35, down / snow + grain * 2.2 - 0.35 * Math.abs(slope));
    const paint = mix(bare, mix(blue, white, smooth(0.3, 0.7, facing)), lies);
    return mix(paint, mist, (has("fog") ? 1 : 0.85) * smooth(0, deep, down));
  };
}

/** Light through windows. */
export const NEON = ["ff2e88", "27e6f5", "a05bff", "ffb02e", "4dff9e"].map(hex);

/** Walls of towers with windows, lit in the dark; neon makes some of them signs. */
export function walls(
  { far, near, low, zenith, accent, has, seed, hour, horizon }: World,
  depth: number,
): Shader {
  const [wall, dark] = [mix(mix(far, low, 0.35), near, depth), hour === "night" || hour === "dusk"];
  return (x, y) => {
    const [column, line] = [x / 0.0155, y / 0.021];
    const dice = chance(Math.floor(column), seed + Math.floor(line) * 57 + depth * 10);
    const across = smooth(0.34, 0.24, Math.abs((column % 1) - 0.5));
    const inside = across * smooth(0.38, 0.28, Math.abs((line % 1) - 0.5)) * (dice < 0.42 ? 1 : 0);
    const sign = has("neon") && dice < 0.13 ? NEON[Math.floor(dice * 38)] : undefined;
    const glass = dark ? (sign ?? mix(accent, [1, 0.86, 0.55], 0.3 + dice)) : zenith;
    const hazy = mix(wall, low, 0.3 * smooth(horizon - 0.35, horizon, y));
    return mix(hazy, glass, inside * (0.35 + depth * 0.35 + dice * 0.6));
  };
}

/** Water, or a wet street: what is behind, painted once more, mirrored, and shaken by waves, 1 for a mild day. */
export function water(world: World, behind: readonly Layer[], dull: number, rough: number): Layer {
  const { width, height, unit, haze, seed } = world;
  const [mirror, shore] = [new Float32Array(width * 3), Math.round(world.horizon * unit)];
  const squeeze = Math.min(1, shore / (height - shore)) * 0.94;
  const tint = mix(world.zenith, world.near, world.has("city") ? 0.6 : 0.3);
  return (row, y) => {
    const near = Math.max(0, y - shore) / unit;
    const shake = (noise(0.5, 6 / (near + 0.06), seed) - 0.5) * rough * near * 0.18 * unit;
    const mirrored = clamp(Math.round(shore - 1 - near * unit * squeeze + shake), 0, shore - 1);
    for (const layer of behind) layer(y < shore ? row : mirror, y < shore ? y : mirrored);
    const [across, down] = [5 / (near * 1.6 + 0.1) / unit, 34 * Math.log(near + 0.035)];
    for (let x = 0; y >= shore && x < width; x++) {
      const wave = noise(x * across, down, seed) - 0.75 + noise(x * across * 3, down * 2.3, seed + 1) / 2;
      const from = clamp(Math.round(x + wave * rough * unit * (0.012 + near * 0.1)), 0, width - 1);
      const ink = mix(tint, haze, 0.12 + 0.5 * Math.max(0, wave));
      const wet = mix(take(mirror, from * 3), ink, Math.min(0.85, dull * (0.55 + near * 0.9)));
      put(row, x * 3, mix(wet, haze, smooth(0.3, 0.5, wave) * 0.28 * rough));
    }
  };
}
