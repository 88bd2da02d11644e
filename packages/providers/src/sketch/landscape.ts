import { type Height, type Layer, type Shader, soft } from "./canvas.ts";
import { along, type Colour, hex, hexes, lit, mix, WHITE } from "./colour.ts";
import { type Drawing, type Place, scatter } from "./figures.ts";
import { NEON, skyline, stone, towers, water } from "./land.ts";
import lands from "./lands.json" with { type: "json" };
import palettes from "./palettes.json" with { type: "json" };
import type { World } from "./scene.ts";
import { sky } from "./sky.ts";

/** A place, from the sky to the flowers at the viewer's feet. */
export function landscape(world: World): Layer[] {
  const { wide, tall, has, horizon, focus, sun, random, accent, near, dyes } = world;
  const pick = (inks: readonly Colour[]): Colour => inks[Math.floor(random(0, inks.length))] ?? WHITE;
  const [leaves, petals] = [hexes(palettes.leaves), dyes.length > 0 ? dyes : hexes(palettes.petals)];
  const place = Object.entries(lands.places).find(([subject]) => has(subject))?.[1] ?? lands.places[""];
  const layers = [sky(world)];
  const show = (count: number, name: Drawing, place: (t: number) => Place): unknown =>
    layers.push(scatter(world, name, count, place));
  const ground = (land: string, base: number, height: number, scale: number, depth: number): void => {
    const top = skyline(world, [land, base, () => height, scale, depth * 12]);
    layers.push(stone(world, land, top, depth));
  };

  if (has("star"))
    show(260 * wide, "star", () => [random(0, wide), random(0, horizon), 0.22 + random() ** 7, WHITE]);
  for (const depth of [0, 0.28, 0.56])
    ground(place.far, horizon + 0.18 * depth, place.rise * (1 - depth), 1.3 - depth, depth);
  if (has("city")) layers.push(...city(world));
  if (has("neon"))
    show(9, "star", () => [random(0, wide), horizon - random(0.05, 0.4), random(10, 30), pick(NEON)]);
  const building = (["lighthouse", "castle", "cabin"] as const).find((name) => has(name));
  const wooded = has("forest", "autumn", "spring", "cabin");
  if (building || wooded) {
    const hills = skyline(world, ["hills", horizon + 0.035, () => 0.05, 0.6, 3]);
    const high = lands.knolls[building ?? "cabin"];
    const hill: Height = (x) => hills(x) - high * Math.exp(-40 * (x - focus) ** 4);
    const tree = (leaf: Colour, x = focus + random(-0.75, 0.75)) =>
      [x, hill(x) + 0.004, random(0.8, 1.4), leaf] as const;
    const broad = has("spring") ? 36 : has("autumn") ? 27 : 0;
    if (wooded) show(36 - broad, "pine", () => tree(mix(hex("3d6b3f"), near, 0.5)));
    if (wooded) show(broad, "tree", () => tree(has("spring") ? hex("f2a7bd") : pick(leaves)));
    if (building) show(1, building, () => [focus, hill(focus) + 0.012, 1, hex("ffd680")]);
    layers.push(stone(world, "hills", hill, 0.9));
  }
  if (has("sea", "lake", "boat", "lighthouse", "city")) {
    layers.push(has("lake") ? water(world, 0.3, 0.5) : water(world, 0.5, has("rain") ? 1.4 : 1));
  } else {
    for (const t of [0.25, 0.5, 0.75, 1]) {
      const base = horizon + (tall - horizon) * (0.22 + 0.72 * t) + 0.05;
      ground(place.near, base, 0.13 + 0.1 * t, 0.8 + t * 0.9, 0.55 + 0.45 * t);
    }
  }
  if (has("boat"))
    show(3, "boat", (t) => [wide * (0.85 - 0.75 * t), horizon + 0.02 + 0.35 * t ** 2, 0.5 + 1.5 * t, accent]);
  if (has("meadow"))
    show(250, "flower", (t) => [random(0, wide), tall * (0.84 + 0.2 * t), 0.4 + 1.2 * t, pick(petals)]);
  if (has("bird"))
    show(11, "bird", () => [sun.x + random(-0.3, 0.3), horizon * random(0.3, 0.7), random(0.5, 1.5), near]);
  const falling = has("rain") ? "drop" : "flake";
  if (has("rain", "snowfall"))
    show(330 * wide * tall, falling, () => [random(0, wide), random(0, tall), 0.3 + random() ** 3, WHITE]);
  return layers;
}

/** Towers in three distances; neon makes them the two sides of a street. */
function city(world: World): Layer[] {
  const { focus, wide, horizon, has } = world;
  return [1, 1.15, 1.3].map((near, index) => {
    const height: Height = (x) => {
      const middle = (Math.floor((x * 12) / near) + 0.5) * (near / 12); // of a tower, so that its roof is level
      const street = 0.16 + (Math.abs(middle / wide - 0.5) * 2) ** 1.3 * (0.3 + index * 0.37);
      return has("neon") ? street : 0.2 + 0.5 * Math.exp(-5 * (middle - focus) ** 2) * (1.15 - index * 0.3);
    };
    return towers(world, skyline(world, ["towers", horizon, height, near, index + 20]), index / 2);
  });
}

/** For prompts whose words are no place: swells one behind the other, each a gradient of its own, under a disc. */
export function abstract(world: World): Layer[] {
  const { wide, tall, random, near, zenith, high, low, pale } = world;
  const [ramp, x] = [[near, zenith, high, low, pale], wide * random(0.3, 0.7)];
  const air = soft(world, (_, v) => mix(pale, low, v / tall + 0.1));
  const disc = scatter(world, "disc", 1, () => [x, tall * 0.25, random(0.13, 0.2), mix(low, WHITE, 0.2)]);
  const swells = [0, 1, 2, 3, 4, 5, 6, 7, 8].map((index) => {
    const t = index / 8;
    const top = skyline(world, [
      "swells",
      tall * (0.34 + 0.68 * t),
      () => 0.1 + 0.16 * t,
      random(0.5, 0.9),
      index,
    ]);
    const [body, crest] = [along(ramp, 0.86 - t * 0.86), mix(along(ramp, 1.05 - t * 0.8), pale, 0.25)];
    const shader: Shader = (u, v) => {
      const fade = Math.min(1, Math.exp((top(u) - v) / 0.06));
      const line = Math.max(0, Math.cos((v - top(u)) * 240)) ** 6;
      return lit(mix(body, crest, 0.85 * fade), pale, line * fade * 0.3);
    };
    return soft(world, shader, top);
  });
  return [air, disc, ...swells];
}
