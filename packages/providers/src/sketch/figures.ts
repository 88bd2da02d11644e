import { type Layer, type Painter, put, type Row, take } from "./canvas.ts";
import { type Colour, hex, lit, mix, WHITE } from "./colour.ts";
import drawings from "./drawings.json" with { type: "json" };
import { clamp } from "./noise.ts";
import type { World } from "./scene.ts";

export type Drawing = keyof typeof drawings;
/** A part of a drawing: its half width goes from `foot` to `top` by the power `curve`, or is a disc's if that is 0. */
type Shape = Readonly<Record<"x" | "low" | "high" | "foot" | "top", number>> & {
  readonly [optional in "curve" | "lean" | "alpha"]?: number;
} & { readonly tone: string };
/** Where the foot of a drawing stands, how large it is, and the ink of its leaves, petals or glow. */
export type Place = readonly [x: number, foot: number, scale: number, leaf: Colour];

/** The parts of a drawing, in pixels and in the light of the hour. */
function draw(
  { light, accent, near, dim, hour, sun, unit }: World,
  name: Drawing,
  [x, y, scale, leaf]: Place,
) {
  const { size, parts }: { size: number; parts: readonly Shape[] } = drawings[name];
  const [length, right] = [size * scale * unit, sun.x < x ? 1 : -1];
  const [wall, lamp] = [mix(light, WHITE, 0.4), hour === "day" ? near : hex("ffd680")];
  const inks: Record<string, Colour> = { wall, roof: accent, dark: near, lamp, snow: WHITE };
  return parts.map(({ tone, curve = 1, lean = 0, alpha = 1, ...part }) => {
    const flat = ["glow", "snow", "lamp"].includes(tone);
    const ink = mix(inks[tone] ?? leaf, near, flat ? 0 : dim);
    const shadow = mix(ink, near, flat ? 0 : 0.5);
    const [top, bottom] = [y * unit - part.high * length, y * unit - part.low * length];
    const widths = { broad: part.foot * length, slim: part.top * length, curve, lean: lean * length };
    return { centre: x * unit + part.x * length, top, bottom, ...widths, ink, shadow, alpha, right, tone };
  });
}
type Part = ReturnType<typeof draw>[number];

const half = ({ slim, broad, curve }: Part, t: number): number =>
  curve === 0 ? slim * 2 * Math.sqrt(t * (1 - t)) : slim + (broad - slim) * t ** curve;

/** The span of a part in a row, with smooth edges. */
function span(row: Row, y: number, part: Part): void {
  const { ink, shadow, alpha, tone } = part;
  const [above, below] = [y + 0.5 - part.top, part.bottom - y - 0.5];
  const [t, step] = [clamp(above / (above + below)), 0.5 / (above + below)];
  const reach = half(part, t);
  // As many pixels as it grows wider in a row, so many is its edge spread over.
  const edge = 1 + Math.abs(half(part, clamp(t + step)) - half(part, clamp(t - step)));
  const strength = alpha * clamp(Math.min(above, below) + 0.5);
  const centre = part.centre + part.lean * (1 - t);
  const end = Math.min(row.length / 3, centre + reach + edge / 2);
  for (let x = Math.max(0, Math.floor(centre - reach - edge / 2)); x < end; x++) {
    const [away, under] = [x + 0.5 - centre, take(row, x)];
    const fade = Math.max(0, 1 - (away / part.slim) ** 2 - (2 * t - 1) ** 2) ** 3;
    const own = mix(ink, shadow, clamp(0.5 + (away * part.right) / reach / 2));
    const inside = strength * clamp((reach - Math.abs(away)) / edge + 0.5);
    put(row, x, tone === "glow" ? lit(under, ink, alpha * fade) : mix(under, own, inside));
  }
}

/** Paints a drawing as often as told, from the back to the front. */
export function scatter(world: World, name: Drawing, count: number, place: (t: number) => Place): Layer {
  const places = Array.from({ length: count }, (_, index) => place(index / count));
  const parts = places.sort(([, one], [, other]) => one - other).flatMap((at) => draw(world, name, at));
  const paint: Painter = (row, y) => {
    for (const part of parts) if (y + 1 > part.top && y < part.bottom) span(row, y, part);
  };
  return { covers: Number.POSITIVE_INFINITY, paint };
}
