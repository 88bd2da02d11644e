import { everywhere, type Layer, type Painter, put, soft, take } from "./canvas.ts";
import { along, type Colour, clamp, hex, hexes, mix, WHITE } from "./colour.ts";
import drawings from "./drawings.json" with { type: "json" };
import { type Lie, sky, skyline, stone, water } from "./land.ts";
import lands from "./lands.json" with { type: "json" };
import palettes from "./palettes.json" with { type: "json" };
import type { World } from "./scene.ts";

type Drawing = keyof typeof drawings;
/** A part of a drawing: its half width goes from `foot` to `top` by the power `curve`, or is a disc's if that is 0. */
type Shape = Readonly<Record<"x" | "low" | "high" | "foot" | "top", number> & { tone: string } & Options>;
type Options = { curve?: number; lean?: number; alpha?: number };
/** Where the foot of a drawing stands, how large it is, and the ink of its leaves, walls, petals or glow. */
type Place = readonly [x: number, foot: number, scale: number, leaf: Colour];
/** The parts of a drawing, in the light of the hour and with smooth edges. */
function draw(world: World, name: Drawing, [middle, foot, scale, leaf]: Place): Painter[] {
  const { light, pale, accent, near, dim, hour, sun, unit } = world;
  const { size, parts }: { size: number; parts: readonly Shape[] } = drawings[name];
  const [length, right] = [size * scale * unit, sun.x < middle ? 1 : -1];
  const [wall, lamp] = [mix(light, WHITE, 0.4), hour === "day" ? mix(near, pale, 0.4) : hex("ffd680")];
  const inks: Record<string, Colour> = { wall, roof: accent, dark: near, lamp, snow: WHITE };
  return parts.map(({ tone, curve = 1, lean = 0, alpha = 1, ...part }) => {
    const flat = ["glow", "snow", "lamp", "neon"].includes(tone);
    const ink = mix(inks[tone] ?? leaf, near, flat ? 0 : dim);
    const shadow = mix(ink, near, flat ? 0 : 0.5);
    const [top, bottom] = [foot * unit - part.high * length, foot * unit - part.low * length];
    const [slim, wider] = [part.top * length, (part.foot - part.top) * length];
    const half = (t: number) => (curve ? slim + wider * t ** curve : slim * 2 * Math.sqrt(t * (1 - t)));
    return (row, y) => {
      if (y + 1 <= top || y >= bottom) return;
      const [above, below] = [y + 0.5 - top, bottom - y - 0.5];
      const [t, step] = [clamp(above / (above + below)), 0.5 / (above + below)];
      const reach = half(t);
      // As many pixels as it grows wider in a row, so many is its edge spread over.
      const edge = 1 + Math.abs(half(clamp(t + step)) - half(clamp(t - step)));
      const strength = alpha * clamp(Math.min(above, below) + 0.5);
      const centre = middle * unit + (part.x + lean * (1 - t)) * length;
      const end = Math.min(row.length / 3, centre + reach + edge / 2);
      for (let x = Math.max(0, Math.floor(centre - reach - edge / 2)); x < end; x++) {
        const away = x + 0.5 - centre;
        const own = mix(ink, shadow, clamp(0.5 + (away * right) / reach / 2));
        let inside = strength * clamp((reach - Math.abs(away)) / edge + 0.5);
        if (tone === "glow") inside = alpha * Math.max(0, 1 - (away / slim) ** 2 - (2 * t - 1) ** 2) ** 3;
        put(row, x * 3, mix(take(row, x * 3), own, inside));
      }
    };
  });
}
/** Paints a drawing as often as told, from the back to the front. */
function scatter(world: World, name: Drawing, count: number, place: (t: number) => Place): Layer {
  const places = Array.from({ length: count }, (_, index) => place(index / count));
  const parts = places.sort(([, one], [, other]) => one - other).flatMap((at) => draw(world, name, at));
  return { covers: Number.POSITIVE_INFINITY, paint: (row, y) => parts.forEach((part) => void part(row, y)) };
}

/** A place, from the sky to the flowers at the viewer's feet. */
export function landscape(world: World): Layer[] {
  const { wide, tall, has, horizon, focus, sun, random, accent, far, low, near, dyes } = world;
  const pick = (inks: readonly Colour[]): Colour => inks[Math.floor(random(0, inks.length))] ?? WHITE;
  const [neon, petals] = [hexes(palettes.neon), dyes.length > 0 ? dyes : hexes(palettes.petals)];
  const place = Object.entries(lands.places).find(([subject]) => has(subject))?.[1] ?? lands.places[""];
  const layers = [sky(world)];
  const across = (): number => random(0, wide);
  const ground = (depth: number, ...lie: Lie): unknown => layers.push(stone(world, depth, ...lie));
  // Most drawings bear the name of what they are shown for.
  const show = (name: Drawing, count: number, where: (t: number) => Place, asked = has(name)): unknown =>
    asked && layers.push(scatter(world, name, count, where));
  show("star", 260 * wide, () => [across(), random(0, horizon), 0.22 + random() ** 7, WHITE]);
  for (const depth of [0, 0.28, 0.56])
    ground(depth, place.far, horizon + 0.18 * depth, place.rise * (1 - depth), 1.3 - depth, depth * 12);
  for (const depth of has("city") ? [0, 0.25, 0.5, 0.75] : []) {
    const tower = (t: number): Place => {
      const x = wide * t + random(-0.05, 0.05);
      // As high as it is not sunk behind the shore: more so, the nearer to the focus.
      const high = random(0.1, 0.24) + random(0.1, 0.5 - 0.3 * depth) * Math.exp(-6 * (x - focus) ** 2);
      return [x, horizon + 1 - high, 1, mix(mix(far, low, 0.4), near, depth * 1.3)];
    };
    show(depth % 0.5 ? "block" : "tower", 13 * wide, tower, true);
  }
  show("neon", 12, () => [across(), horizon - random(0.02, 0.25), random(0.6, 1.6), pick(neon)]);
  const building = (["lighthouse", "castle", "cabin"] as const).find((name) => has(name));
  const wooded = has("forest", "autumn", "spring", "cabin");
  if (building || wooded) {
    const lie = ["hills", horizon + 0.035, 0.05, 0.6, 3, lands.knolls[building ?? "cabin"]] as const;
    const hill = skyline(world, lie);
    const tree = (leaf: Colour, x = across()): Place => [x, hill(x) + 0.004, random(0.8, 1.4), leaf];
    const broad = has("spring") ? 36 : has("autumn") ? 27 : 0;
    show("pine", 36 - broad, () => tree(mix(hex("3d6b3f"), near, 0.5)), wooded);
    show("tree", broad, () => tree(pick(hexes(has("spring") ? "f2a7bd" : palettes.leaves))), wooded);
    if (building) show(building, 1, () => [focus, hill(focus) + 0.012, 1, hex("ffe2a0")]);
    ground(0.9, ...lie);
  }
  const wet = has("sea", "lake", "boat", "lighthouse", "city");
  if (wet) layers.push(water(world));
  for (const t of wet ? [] : [0.25, 0.5, 0.75, 1]) {
    const base = horizon + (tall - horizon) * (0.22 + 0.72 * t) + 0.05;
    ground(0.55 + 0.45 * t, place.near, base, 0.13 + 0.1 * t, 0.8 + t * 0.9, 6.6 + 5.4 * t);
  }
  show("boat", 3, (t) => [wide * (0.85 - 0.75 * t), horizon + 0.02 + 0.35 * t ** 2, 0.5 + 1.5 * t, accent]);
  show("meadow", 250, (t) => [across(), tall * (0.84 + 0.2 * t), 0.4 + 1.2 * t, pick(petals)]);
  show("bird", 11, () => [sun.x + random(-0.3, 0.3), horizon * random(0.3, 0.7), random(0.5, 1.5), near]);
  for (const name of ["rain", "snowfall"] as const)
    show(name, 330 * wide * tall, () => [across(), random(0, tall), 0.3 + random() ** 3, WHITE]);
  return layers;
}

/** For prompts whose words are no place: swells one behind the other, each a gradient of its own, under a disc. */
export function abstract(world: World): Layer[] {
  const { wide, tall, random, near, zenith, high, low, pale } = world;
  const ramp = [pale, low, high, zenith, near];
  const disc = [wide * random(0.3, 0.7), tall * 0.25, random(0.13, 0.2), mix(low, WHITE, 0.2)] as const;
  const air = soft(world, everywhere, (_, y) => mix(pale, low, y / tall + 0.1));
  const swells = [0, 0.125, 0.25, 0.375, 0.5, 0.625, 0.75, 0.875, 1].map((t) => {
    const lie = ["swells", tall * (0.34 + 0.68 * t), 0.1 + 0.16 * t, random(0.5, 0.9), t * 8] as const;
    const inks = { far: along(ramp, t * 0.8), light: pale, haze: along(ramp, 0.14 + t * 0.86) };
    return stone({ ...world, ...inks }, 0, ...lie);
  });
  return [air, scatter(world, "disc", 1, () => disc), ...swells];
}
