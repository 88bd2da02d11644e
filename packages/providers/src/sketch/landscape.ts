import { along, type Colour, hex, type Layer, lit, mix, soft, WHITE } from "./canvas.ts";
import { type Drawing, type Place, scatter } from "./figures.ts";
import { type Height, type Land, NEON, skyline, stone, walls, water } from "./land.ts";
import type { World } from "./scene.ts";
import { sky } from "./sky.ts";

/** The land at the horizon, its height, and the land underfoot. */
const LANDS: Readonly<Record<string, readonly [far: Land, rise: number, near: Land]>> = {
  desert: ["dunes", 0.28, "dunes"],
  mountain: ["mountains", 0.5, "pines"],
  snow: ["mountains", 0.42, "pines"],
  aurora: ["mountains", 0.3, "pines"],
  forest: ["hills", 0.18, "pines"],
};
const LEAVES = ["d9542b", "e88a2e", "f0b23c", "b23a24", "8f2f22"].map(hex);
const PETALS = ["e94f5c", "f6c445", "f7f0e4", "d56aa8"].map(hex);

/** A place, from the sky to the flowers at the viewer's feet. */
export function landscape(world: World): Layer[] {
  const { wide, tall, has, horizon, focus, sun, random, night, accent, near } = world;
  const pick = (inks: readonly Colour[]): Colour => inks[Math.floor(random(0, inks.length))] ?? WHITE;
  const land = Object.keys(LANDS).find((subject) => has(subject));
  const [far, rise, foreground] = LANDS[land ?? ""] ?? ["hills", 0.18, "hills"];
  const open = has("sea") && !land;
  const layers = [sky(world)];
  const show = (name: Drawing, count: number, place: (t: number) => Place): unknown =>
    count > 0 && layers.push(scatter(world, name, count, place));
  const ground = (land: Land, base: number, height: number, scale: number, depth: number): void => {
    const top = skyline(world, [land, base, () => height, scale, depth * 12]);
    layers.push(soft(world, stone(world, land, top, depth), top));
  };

  const starry = (night && !has("fog", "rain")) || has("star");
  const star = (): Place => [random(0, wide), random() ** 1.3 * horizon, 0.22 + random() ** 7, WHITE];
  show("star", starry ? 420 * wide * horizon : 0, star);
  for (const depth of open ? [0.5] : [0, 0.28, 0.56]) {
    ground(far, horizon + 0.18 * depth, open ? 0.07 : rise * (1 - depth), 1.3 - depth, depth);
  }
  if (has("city")) layers.push(...city(world));
  const sign = (): Place => [random(0, wide), horizon - random(0.05, 0.4), random(10, 30), pick(NEON)];
  show("star", has("neon") ? 9 : 0, sign);
  const building = (["lighthouse", "castle", "cabin"] as const).find((name) => has(name));
  const wooded = has("forest", "autumn", "spring", "cabin");
  if (building || wooded) {
    const high = { lighthouse: 0.1, castle: 0.14, cabin: 0.04 }[building ?? "cabin"];
    const hills = skyline(world, ["hills", horizon + 0.035, () => 0.05, 0.6, 3]);
    const hill = (x: number): number => hills(x) - high * Math.exp(-40 * (x - focus) ** 4);
    const broad = has("spring") ? 1 : has("autumn") ? 0.75 : 0;
    const grove = (count: number, from: number): void => {
      const spot = (leaf: Colour, x = focus + random(from, 0.75) * (random() < 0.5 ? -1 : 1)): Place => [
        x,
        hill(x) + 0.004,
        random(0.8, 1.4),
        leaf,
      ];
      show("pine", count * (1 - broad), () => spot(mix(hex("3d6b3f"), near, 0.5)));
      show("tree", count * broad, () => spot(has("spring") ? hex("f2a7bd") : pick(LEAVES)));
    };
    if (wooded) grove(36, 0);
    if (building) show(building, 1, () => [focus, hill(focus) + 0.012, 1, hex("ffd680")]);
    layers.push(soft(world, stone(world, "hills", hill, 0.9), hill));
    if (wooded) grove(8, 0.16);
  }
  if (has("sea", "lake", "boat", "lighthouse", "city")) {
    const [dull, rough] = has("lake") ? [0.3, 0.5] : [0.5, has("rain") ? 1.4 : 1];
    layers.splice(0, layers.length, water(world, [...layers], dull, rough));
    const away = focus < wide / 2 ? wide : -wide;
    const moored = (t: number): Place => [
      wide / 2 + away * (0.26 - 0.4 * t),
      horizon + 0.015 + 0.36 * t ** 2,
      0.45 + 1.5 * t,
      accent,
    ];
    show("boat", has("boat") ? 3 : 0, moored);
  } else {
    for (const t of [0.25, 0.5, 0.75, 1]) {
      const [base, height] = [horizon + (tall - horizon) * (0.22 + 0.72 * t) + 0.05, 0.13 + 0.1 * t];
      ground(foreground, base, height, 0.8 + t * 0.9, 0.55 + 0.45 * t);
    }
  }
  const petals = world.dyes.length > 0 ? world.dyes : PETALS;
  const bed = (t: number): Place => [
    random(0, wide),
    tall * (0.84 + 0.2 * t ** 2),
    0.4 + 1.2 * t ** 2,
    pick(petals),
  ];
  show("flower", has("meadow") ? 250 : 0, bed);
  const flying = (): Place => [sun.x + random(-0.3, 0.3), horizon * random(0.3, 0.7), random(0.5, 1.5), near];
  show("bird", has("bird") ? 11 : 0, flying);
  const falling = (): Place => [random(0, wide), random(0, tall), 0.3 + random() ** 3, WHITE];
  show(has("snow") ? "flake" : "drop", has("rain", "snow") ? 330 * wide * tall : 0, falling);
  return layers;
}

/** Towers in three distances; neon makes them the two sides of a street. */
function city(world: World): Layer[] {
  const { focus, wide, horizon, has } = world;
  return [1, 1.15, 1.3].map((near, index) => {
    const height = (x: number): number => {
      const middle = (Math.floor((x * 12) / near) + 0.5) * (near / 12); // of a tower, so that its roof is level
      const street = 0.16 + (Math.abs(middle / wide - 0.5) * 2) ** 1.3 * (0.3 + index * 0.37);
      return has("neon") ? street : 0.2 + 0.5 * Math.exp(-5 * (middle - focus) ** 2) * (1.15 - index * 0.3);
    };
    const top: Height = skyline(world, ["towers", horizon, height, near, index + 20]);
    return soft(world, walls(world, index / 2), top);
  });
}

/** For prompts whose words are no place: swells one behind the other, each a gradient of its own, under a disc. */
export function abstract(world: World): Layer[] {
  const { wide, tall, random, near, zenith, high, low, pale } = world;
  const ramp = [near, zenith, high, low, pale];
  const [x, y, radius] = [wide * random(0.3, 0.7), tall * random(0.2, 0.3), random(0.13, 0.2)];
  const air = soft(world, (_, v) => mix(pale, low, v / tall + 0.1));
  const swells = [0, 1, 2, 3, 4, 5, 6, 7, 8].map((index): Layer => {
    const t = index / 8;
    const [base, rise] = [tall * (0.34 + 0.68 * t), 0.1 + 0.16 * t];
    const top = skyline(world, ["swells", base, () => rise, random(0.5, 0.9), index]);
    const [body, crest] = [along(ramp, 0.86 - t * 0.86), mix(along(ramp, 1.05 - t * 0.8), pale, 0.25)];
    const shader = (u: number, v: number): Colour => {
      const [fade, line] = [Math.exp((top(u) - v) / 0.06), Math.max(0, Math.cos((v - top(u)) * 240)) ** 6];
      return lit(mix(body, crest, 0.85 * Math.min(1, fade)), pale, line * Math.min(1, fade) * 0.3);
    };
    return soft(world, shader, top);
  });
  return [air, scatter(world, "disc", 1, () => [x, y, radius, mix(low, WHITE, 0.2)]), ...swells];
}
