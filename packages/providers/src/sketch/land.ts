import { FINE, type Height, type Layer, type Painter, put, type Shader, soft, take } from "./canvas.ts";
import { hex, hexes, mix, WHITE } from "./colour.ts";
import lands from "./lands.json" with { type: "json" };
import { chance, clamp, cloudiness, noise, smooth } from "./noise.ts";
import palettes from "./palettes.json" with { type: "json" };
import type { World } from "./scene.ts";

/** Height of each land, 0 to about 1, at `u` counted in mountains, dunes, towers or a few trees. */
const HEIGHTS: Readonly<Record<string, (u: number, seed: number) => number>> = {
  hills: (u, seed) => cloudiness(u * 0.8, 0, seed, 2),
  swells: (u, seed) => 0.2 + 0.3 * Math.sin(u * 1.7 + seed) + 0.6 * noise(u * 0.7, 0, seed),
  dunes: (u, seed) => 0.9 - Math.abs(1.6 * noise(u * 0.7, 0, seed) - 0.8),
  mountains(u, seed) {
    let sum = 0;
    for (let octave = 0; octave < 8; octave++)
      sum += (0.5 - Math.abs(noise(u * 1.1 * 2.1 ** octave, octave, seed) - 0.5)) / 2 ** octave;
    return sum * (0.45 + 0.75 * noise(u * 0.6, 9, seed));
  },
  pines(u, seed) {
    const tops = [-2, -1, 0, 1, 2].map((near) => {
      const cell = Math.floor(u * 14) + near;
      const [tall, away] = [chance(cell, seed), Math.abs(u * 14 - cell - 0.2 - 0.6 * chance(cell, seed + 1))];
      return 0.35 + 0.65 * tall - away * (0.62 + 0.3 * tall) + 0.09 * ((away * 6.5) % 1);
    });
    return Math.max(0, ...tops) * 0.5 + 0.7 * noise(u * 1.5, 3, seed);
  },
  towers: (u, seed) => 0.3 + 0.6 * chance(Math.floor(u * 6), seed),
};

/** How a land lies: of which kind, from `base` up, how near it is and which of its kind. */
type Lie = readonly [land: string, base: number, height: Height, near: number, index: number];
/** The skyline of a land, worked out once. */
export function skyline({ wide, seed }: World, [land, base, height, near, index]: Lie): Height {
  const table = Float32Array.from({ length: wide * FINE + 20 }, (_, at) => {
    const x = (at - 8) / FINE;
    return base - height(x) * (HEIGHTS[land]?.((x * 2) / near + 40, seed + index * 31) ?? 0);
  });
  return (x) => {
    const at = clamp(x * FINE + 8, 0, table.length - 2);
    const left = table[Math.floor(at)] ?? 0;
    return left + ((table[Math.floor(at) + 1] ?? left) - left) * (at % 1);
  };
}

const MATERIALS: Readonly<Record<string, typeof lands.materials.hills>> = lands.materials;
/** Rock, sand, grass or wood, from far, `depth` 0, to near, 1: in light and shadow, snow, mist at its foot. */
export function stone(world: World, land: string, top: Height, depth: number): Layer {
  const { low, light, haze, has, seed } = world;
  const { contrast, grit, shine, ...material } = MATERIALS[land] ?? lands.materials.hills;
  const plain = mix(world.far, world.near, depth);
  const dye = hex(has("autumn") ? "b5622a" : material.ink);
  const dark = mix(plain, dye, material.dye * (world.night ? 0.4 : 1));
  const bright = mix(dark, mix(light, low, 0.4), shine * (1 - depth / 2));
  const snow = has("snow") ? material.winter : material.snow;
  const [white, blue] = [mix(light, WHITE, 0.6), mix(dark, [0.62, 0.74, 0.92], 0.55)];
  const [mist, deep] = has("fog") ? [haze, 0.16] : [mix(haze, plain, 0.15 + depth * 0.6), 0.34];
  const side = world.sun.x < world.wide / 2 ? 1 : -1;
  const shader: Shader = (x, y) => {
    const down = y - top(x);
    const grain = (cloudiness(x * 22, y * 22, seed, 3) - 0.5) * grit;
    const at = x + (down * 0.55 + grain * 0.05) * side;
    const slope = (top(at + 0.008) - top(at - 0.008)) / 0.016;
    const facing = clamp(0.5 - slope * side * 0.9 + grain * 0.8);
    const bare = mix(dark, bright, clamp(0.5 + (facing - 0.5) * contrast + grain * 0.16));
    const lies = snow && smooth(0.75, 0.35, down / snow + grain * 2.2 - 0.35 * Math.abs(slope));
    const paint = mix(bare, mix(blue, white, smooth(0.3, 0.7, facing)), lies);
    return mix(paint, mist, smooth(0, deep, down));
  };
  return soft(world, shader, top);
}

export const NEON = hexes(palettes.neon);
/** Towers with windows, lit in the dark; neon makes some of them signs. */
export function towers(world: World, top: Height, depth: number): Layer {
  const { far, near, low, has, seed, hour, horizon } = world;
  const wall = mix(mix(far, low, 0.35), near, depth);
  const shader: Shader = (x, y) => {
    const [column, line] = [x / 0.0155, y / 0.021];
    const dice = chance(Math.floor(column), seed + Math.floor(line) * 57 + depth * 10);
    const across = smooth(0.34, 0.24, Math.abs((column % 1) - 0.5));
    const inside = across * smooth(0.38, 0.28, Math.abs((line % 1) - 0.5)) * (dice < 0.42 ? 1 : 0);
    const sign = has("neon") && dice < 0.13 ? NEON[Math.floor(dice * 38)] : undefined;
    const lamp = hour === "day" ? world.zenith : mix(world.accent, [1, 0.86, 0.55], 0.3 + dice);
    const hazy = mix(wall, low, 0.3 * smooth(horizon - 0.35, horizon, y));
    return mix(hazy, sign ?? lamp, inside * (0.35 + depth * 0.35 + dice * 0.6));
  };
  return soft(world, shader, top);
}

/** Water, or a wet street: it keeps what is painted above the shore, and mirrors it, shaken by waves. */
export function water(world: World, dull: number, rough: number): Layer {
  const { width, height, unit, haze, seed } = world;
  const [step, shore] = [Math.ceil(unit / 1024), Math.round(world.horizon * unit)];
  const wide = Math.ceil(width / step);
  const above = Array.from({ length: Math.ceil(shore / step) }, () => new Float32Array(wide * 3));
  const squeeze = Math.min(1, shore / (height - shore)) * 0.94;
  const tint = mix(world.zenith, world.near, world.has("city") ? 0.6 : 0.3);
  const paint: Painter = (row, y) => {
    const kept = above[y / step];
    for (let x = 0; kept && x < wide; x++) put(kept, x, take(row, x * step));
    if (y < shore) return;
    const near = (y - shore) / unit;
    const shake = (noise(0.5, 6 / (near + 0.06), seed) - 0.5) * rough * near * 0.18;
    const mirrored = clamp(shore - 1 - (near * squeeze - shake) * unit, 0, shore - 1);
    const behind = above[Math.floor(mirrored / step)] ?? row;
    const [across, down] = [5 / (near * 1.6 + 0.1) / unit, 34 * Math.log(near + 0.035)];
    const dim = Math.min(0.85, dull * (0.55 + near * 0.9));
    for (let x = 0; x < width; x++) {
      const wave = noise(x * across, down, seed) - 0.75 + noise(x * across * 3, down * 2.3, seed + 1) / 2;
      const from = clamp(x + wave * rough * unit * (0.012 + near * 0.1), 0, width - 1);
      const ink = mix(tint, haze, 0.12 + 0.5 * Math.max(0, wave));
      const wet = mix(take(behind, Math.floor(from / step)), ink, dim);
      put(row, x, mix(wet, haze, smooth(0.3, 0.5, wave) * 0.28 * rough));
    }
  };
  return { covers: shore, paint };
}
