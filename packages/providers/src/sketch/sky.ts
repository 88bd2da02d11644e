import { type Layer, soft } from "./canvas.ts";
import { along, type Colour, hex, lit, mix, WHITE } from "./colour.ts";
import { clamp, cloudiness, noise, smooth } from "./noise.ts";
import type { World } from "./scene.ts";

/** The colour at a place over what is farther away. */
type Veil = (x: number, y: number, under: Colour) => Colour;

/** Everything above the land but the stars. */
export function sky(world: World): Layer {
  const { has, night } = world;
  const dull = has("fog", "rain");
  const veils = [air(world, !dull && !(night && has("galaxy", "aurora", "neon")))];
  if (has("galaxy")) veils.push(galaxy(world));
  if (has("aurora")) veils.push(...[0, 1, 2].map((index) => curtain(world, index)));
  if (!night || has("cloud") || dull) veils.push(clouds(world, dull ? 0.26 : has("cloud") ? 0.18 : 0.09));
  return soft(world, (x, y) => veils.reduce((under, veil) => veil(x, y, under), WHITE));
}

/** The gradient of the hour, and the sun or the moon, if shown, in its glow. */
function air({ zenith, high, low, pale, light, horizon, sun, night, seed }: World, shown: boolean): Veil {
  const [reach, radius, strength] = night ? [0.2, 0.055, 0.28] : [0.33, 0.065, 0.55];
  const ramp = [zenith, high, low, pale];
  return (x, y) => {
    const away = Math.hypot(x - sun.x, y - sun.y);
    const glow = (shown ? strength : 0.12) / (1 + (away / reach) ** 2);
    const glowing = lit(along(ramp, y / horizon), light, glow);
    if (!shown || away > radius + 0.002) return glowing;
    const face = mix(light, low, night ? 0.16 * smooth(0.5, 0.6, noise(x * 45, y * 45, seed)) : 0);
    return mix(glowing, face, smooth(radius + 0.002, radius - 0.002, away));
  };
}

/** The band of a galaxy: light, coloured gas and lanes of dust. */
function galaxy({ wide, tall, pale, seed, dyes }: World): Veil {
  const [warm, cold, slope] = [dyes[0] ?? hex("ff6fb0"), mix(pale, WHITE, 0.35), seed % 2 ? -0.8 : 0.8];
  return (x, y, under) => {
    const light = cloudiness(x * 3.2, y * 3.2, seed, 5);
    const away = (((x - wide / 2) * slope + y - tall * 0.3) / 1.28 + (light - 0.5) * 0.28) ** 2;
    const lanes = smooth(0.42, 0.66, cloudiness(x * 5 + 9, y * 5, seed + 50, 5)) * Math.exp(-away * 90);
    const band = (Math.exp(-away * 34) + 0.3 * Math.exp(-away * 7)) * light * (1 - 0.8 * lanes);
    return lit(under, mix(warm, cold, clamp(light * 2.4 - 0.7)), band * 1.15);
  };
}

/** A curtain of an aurora: rays, green at the foot and violet above. */
function curtain({ horizon, seed }: World, index: number): Veil {
  return (x, y, under) => {
    const wave = (cloudiness(x * 1.3 + index * 7, 0, seed, 2) - 0.5) * 0.75;
    const up = Math.max(0, horizon * (0.5 + 0.16 * index) + wave - y) / 0.36;
    const rays = smooth(0.2, 0.8, noise(x * 2.2, index, seed)) * (0.4 + 0.5 * noise(x * 40, index, seed));
    const ink = mix([0.25, 1, 0.62], [0.5, 0.25, 0.9], clamp(up));
    return lit(under, ink, Math.exp(-up * 2.2) * smooth(0, 0.06, up) * rays);
  };
}

/** Streaks of cloud with lit undersides; `amount`, 0 to 0.3, is how many. */
function clouds({ horizon, high, near, pale, seed }: World, amount: number): Veil {
  const shade = mix(high, near, amount);
  return (x, y, under) => {
    const scale = 1 / (0.3 + Math.max(0, 1 - y / horizon));
    const density = cloudiness(x * 1.5 * scale, y * 6 * scale, seed, 5);
    const cover = 0.85 * smooth(0.66 - amount, 0.86 - amount, density);
    if (cover === 0) return under;
    const below = cloudiness(x * 1.5 * scale, (y * 6 + 0.2) * scale, seed, 4);
    return mix(under, mix(shade, pale, clamp(0.5 + (density - below) * 4)), cover);
  };
}
