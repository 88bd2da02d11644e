import {
  everywhere,
  FINE,
  type Height,
  type Layer,
  type Painter,
  put,
  type Shader,
  soft,
  take,
} from "./canvas.ts";
import { along, chance, clamp, cloudiness, hex, mix, noise, smooth, WHITE } from "./colour.ts";
import lands from "./lands.json" with { type: "json" };
import type { World } from "./scene.ts";

/** Everything above the land but the stars. */
export function sky(world: World): Layer {
  const { has, night, wide, tall, horizon, sun, seed, zenith, high, low, pale, near, light, dyes } = world;
  const dull = has("fog", "rain");
  const shown = !dull && !(night && has("galaxy", "aurora", "neon"));
  const [reach, radius, strength] = night ? [0.2, 0.055, 0.28] : [0.33, 0.065, 0.55];
  const ramp = [zenith, high, low, pale];
  const air: Shader = (x, y) => {
    const away = Math.hypot(x - sun.x, y - sun.y);
    const glow = (shown ? strength : 0.12) / (1 + (away / reach) ** 2);
    const disc = shown ? smooth(radius + 0.002, radius - 0.002, away) : 0;
    const face = disc && night ? 0.2 * smooth(0.5, 0.6, noise(x * 45, y * 45, seed)) : 0;
    return mix(along(ramp, y / horizon), light, Math.max(glow, disc - face));
  };
  const [warm, cold, slope] = [dyes[0] ?? hex("ff6fb0"), mix(pale, WHITE, 0.35), seed % 2 ? -0.8 : 0.8];
  const galaxy: Shader = (x, y, under) => {
    const gas = cloudiness(x * 3.2, y * 3.2, seed, 5);
    const away = (((x - wide / 2) * slope + y - tall * 0.3) / 1.28 + (gas - 0.5) * 0.28) ** 2;
    const lanes = smooth(0.42, 0.66, cloudiness(x * 5 + 9, y * 5, seed + 50, 5)) * Math.exp(-away * 90);
    const band = (Math.exp(-away * 34) + 0.3 * Math.exp(-away * 7)) * gas * (1 - 0.8 * lanes);
    return mix(under, mix(warm, cold, clamp(gas * 2.4 - 0.7)), band);
  };
  const aurora: Shader = (x, y, under) =>
    [0, 1, 2].reduce((behind, index) => {
      const wave = (cloudiness(x * 1.3 + index * 7, 0, seed, 2) - 0.5) * 0.75;
      const up = Math.max(0, horizon * (0.5 + 0.16 * index) + wave - y) / 0.36;
      const rays = smooth(0.2, 0.8, noise(x * 2.2, index, seed)) * (0.4 + 0.5 * noise(x * 40, index, seed));
      const ink = mix([0.25, 1, 0.62], [0.5, 0.25, 0.9], clamp(up));
      return mix(behind, ink, Math.exp(-up * 2.2) * smooth(0, 0.06, up) * rays);
    }, under);
  const amount = dull ? 0.26 : has("cloud") ? 0.18 : night ? 0 : 0.09;
  const clouds: Shader = (x, y, under) => {
    const scale = 1 / (0.3 + Math.max(0, 1 - y / horizon));
    const density = cloudiness(x * 1.5 * scale, y * 6 * scale, seed, 5);
    const cover = smooth(0.66 - amount, 0.86 - amount, density);
    return mix(under, mix(mix(high, near, amount), pale, cover), 0.85 * cover);
  };
  const veils = [air, has("galaxy") ? galaxy : [], has("aurora") ? aurora : [], amount ? clouds : []].flat();
  return soft(world, everywhere, (x, y, behind) => veils.reduce((under, veil) => veil(x, y, under), behind));
}

const ridge = (u: number, y: number, seed: number): number => 0.5 - Math.abs(noise(u, y, seed) - 0.5);
/** Height of each land, 0 to about 1, at `u` counted in mountains, dunes or a few trees. */
const HEIGHTS: Readonly<Record<string, (u: number, seed: number) => number>> = {
  hills: (u, seed) => cloudiness(u * 0.8, 0, seed, 2),
  swells: (u, seed) => 0.2 + 0.3 * Math.sin(u * 1.7 + seed) + 0.6 * noise(u * 0.7, 0, seed),
  dunes: (u, seed) => 0.1 + 1.6 * ridge(u * 0.7, 0, seed),
  mountains: (u, seed) => cloudiness(u * 1.1, 0, seed, 8, ridge) * (0.9 + 1.5 * noise(u * 0.6, 9, seed)),
  pines(u, seed) {
    const [tall, away] = [chance(Math.floor(u * 15), seed), Math.abs(((u * 15) % 1) - 0.5)];
    return 0.25 + 0.3 * tall - away * (0.5 + 0.4 * tall) + 0.6 * noise(u * 1.5, 3, seed);
  },
};
/** A land: its kind, where its foot is, how high it rises, how near it is, which of its kind, and its knoll. */
export type Lie = readonly [name: string, y: number, rise: number, near: number, nth: number, knoll?: number];
/** The skyline of a land, worked out once. */
export function skyline({ wide, focus, seed }: World, [name, y, rise, near, nth, knoll = 0]: Lie): Height {
  const table = Float32Array.from({ length: wide * FINE + 20 }, (_, at) => {
    const x = (at - 8) / FINE;
    const high = rise * (HEIGHTS[name]?.((x * 2) / near + 40, seed + nth * 31) ?? 0);
    return y - high - knoll * Math.exp(-40 * (x - focus) ** 4);
  });
  return (x) => {
    const at = clamp(x * FINE + 8, 0, table.length - 2);
    const left = table[Math.floor(at)] ?? 0;
    return left + ((table[Math.floor(at) + 1] ?? left) - left) * (at % 1);
  };
}
const MATERIALS: Readonly<Record<string, typeof lands.materials.hills>> = lands.materials;
/** Rock, sand, grass or wood, from far, `depth` 0, to near, 1: in light and shadow, snow, mist at its foot. */
export function stone(world: World, depth: number, ...lie: Lie): Layer {
  const { low, light, haze, night, has, seed } = world;
  const { contrast, grit, shine, ...material } = MATERIALS[lie[0]] ?? lands.materials.hills;
  const top = skyline(world, lie);
  const plain = mix(world.far, world.near, depth);
  const dark = mix(plain, hex(has("autumn") ? "b5622a" : material.ink), material.dye * (night ? 0.4 : 1));
  const bright = mix(dark, mix(light, low, 0.4), shine * (1 - depth / 2));
  const snow = has("snow") ? material.winter : material.snow;
  const [white, blue] = [mix(light, WHITE, 0.6), mix(dark, [0.62, 0.74, 0.92], 0.55)];
  const [mist, deep] = has("fog") ? [haze, 0.16] : [mix(haze, plain, 0.15 + depth * 0.6), 0.34];
  const side = world.sun.x < world.wide / 2 ? 1 : -1;
  return soft(world, top, (x, y) => {
    const down = y - top(x);
    const grain = (cloudiness(x * 22, y * 22, seed, 3) - 0.5) * grit;
    const at = x + (down * 0.55 + grain * 0.05) * side;
    const slope = (top(at + 0.008) - top(at - 0.008)) / 0.016;
    const facing = clamp(0.5 - slope * side * 0.9 + grain * 0.8);
    const bare = mix(dark, bright, clamp(0.5 + (facing - 0.5) * contrast + grain * 0.16));
    const lies = snow && smooth(0.75, 0.35, down / snow + grain * 2.2 - 0.35 * Math.abs(slope));
    return mix(mix(bare, mix(blue, white, smooth(0.3, 0.7, facing)), lies), mist, smooth(0, deep, down));
  });
}

/** Water, or a wet street: it keeps what is painted above the shore, and mirrors it, shaken by waves. */
export function water(world: World): Layer {
  const { width, height, unit, haze, seed, has } = world;
  const [dull, rough] = has("lake") ? [0.3, 0.5] : [0.5, has("rain") ? 1.4 : 1];
  const [step, shore] = [Math.ceil(unit / 1024), Math.round(world.horizon * unit)];
  const small = new Float32Array(Math.ceil(width / step) * 3);
  const kept = Array.from({ length: Math.ceil(shore / step) }, () => small.slice());
  const squeeze = Math.min(1, shore / (height - shore)) * 0.94;
  const tint = mix(world.zenith, world.near, has("city") ? 0.6 : 0.3);
  const paint: Painter = (row, y) => {
    const above = kept[y / step];
    for (let x = 0; above && x < above.length; x += 3) put(above, x, take(row, x * step));
    if (y < shore) return;
    const near = (y - shore) / unit;
    const shake = (noise(0.5, 6 / (near + 0.06), seed) - 0.5) * rough * near * 0.18;
    const mirrored = clamp(shore - 1 - (near * squeeze - shake) * unit, 0, shore - 1);
    const behind = kept[Math.floor(mirrored / step)] ?? row;
    const [across, down] = [5 / (near * 1.6 + 0.1) / unit, 34 * Math.log(near + 0.035)];
    const dim = Math.min(0.85, dull * (0.55 + near * 0.9));
    for (let x = 0; x < width; x++) {
      const wave = noise(x * across, down, seed) - 0.75 + noise(x * across * 3, down * 2.3, seed + 1) / 2;
      const from = clamp(x + wave * rough * unit * (0.012 + near * 0.1), 0, width - 1);
      const ink = mix(tint, haze, 0.12 + 0.5 * Math.max(0, wave));
      const wet = mix(take(behind, Math.floor(from / step) * 3), ink, dim);
      put(row, x * 3, mix(wet, haze, smooth(0.3, 0.5, wave) * 0.28 * rough));
    }
  };
  return { covers: shore, paint };
}
