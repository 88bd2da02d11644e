import { type Canvas, type Colour, type Layer, lit, mix, put, type Row, take, WHITE } from "./canvas.ts";
import { clamp } from "./noise.ts";
import type { World } from "./scene.ts";

/**
 * Drawings as text: the size, then parts from the back to the front: tone, x, low, high, half the width there and
 * there, the power by which one becomes the other, 0 for a disc, how far the top leans, and how opaque it is.
 */
const DRAWINGS = {
  lighthouse: `.45|dark 0 -.1 .03 .3 .16 .6|wall .19 .02 .13 .09 .09|roof .19 .13 .2 .11 .03
    |lamp .2 .05 .085 .014 .014|wall 0 0 .74 .105 .066|roof 0 .17 .33 .096 .089|roof 0 .49 .63 .08 .072
    |dark 0 .03 .12 .022 .022|dark 0 .4 .44 .011 .011|dark 0 .67 .7 .01 .01|dark 0 .735 .765 .1 .1
    |lamp 0 .765 .875 .05 .05|dark 0 .765 .875 .004 .004|roof 0 .87 .94 .07 .01 .5|dark 0 .93 1 .005 .003
    |glow 0 .55 1.09 .27 .27 0 0 .6|glow 0 .2 1.44 .62 .62 0 0 .5`,
  castle: `.42|wall -.05 0 .5 .13 .13|roof -.05 .5 .78 .155 0|wall .2 0 .62 .09 .085|roof .2 .62 .96 .115 0
    |wall -.28 0 .42 .08 .075|roof -.28 .42 .66 .1 0|wall .4 0 .36 .075 .07|roof .4 .36 .56 .095 0
    |wall 0 -.4 .26 .42 .42|wall -.3 .26 .29 .025 .025|wall -.2 .26 .29 .025 .025|wall -.1 .26 .29 .025 .025
    |wall 0 .26 .29 .025 .025|wall .1 .26 .29 .025 .025|wall .07 .4 .72 .05 .048|roof .07 .72 .93 .065 0
    |dark 0 0 .15 .05 .04 .3|lamp -.05 .38 .43 .013 .013|lamp .2 .5 .55 .012 .012|lamp -.28 .31 .35 .011 .011`,
  cabin: `.2|dark .24 .3 .62 .045 .045|wall 0 -.3 .3 .42 .42|dark 0 .06 .075 .42 .42|dark 0 .13 .145 .42 .42
    |dark 0 .2 .215 .42 .42|roof 0 .27 .56 .52 .3|dark 0 .26 .285 .52 .52|lamp -.24 .09 .21 .075 .075
    |lamp .27 .09 .21 .075 .075|dark 0 0 .2 .06 .06|glow -.24 -.25 .55 .4 .4 0 0 .6|glow .27 -.25 .55 .4 .4 0 0 .6`,
  boat: `.2|dark 0 0 .14 .2 .3 .6|dark .02 .14 .95 .008 .006|wall .05 .2 .92 .24 0 1 -.03|roof -.1 .2 .76 .12 0 1 .1`,
  pine: ".2|dark 0 0 .14 .02 .02|leaf 0 .1 .4 .2 .03|leaf 0 .28 .58 .17 .02|leaf 0 .46 .76 .13 .01|leaf 0 .64 1 .09 0",
  tree: `.2|dark 0 -.02 .45 .03 .018|leaf 0 .3 .86 .2 .2 0|leaf -.17 .3 .66 .15 .15 0|leaf .17 .34 .72 .15 .15 0
    |leaf .03 .5 1 .17 .17 0|leaf -.08 .42 .8 .14 .14 0`,
  bird: ".03|dark 0 0 .3 .04 0 1 -.55|dark 0 0 .3 .04 0 1 .55",
  flower: ".06|dark 0 0 .7 .03 .02|leaf 0 .6 1 .17 .17 0|leaf 0 .75 1 .12 .17",
  disc: "2|leaf 0 -.5 .5 .5 .5 0",
  star: ".02|glow 0 -.5 .5 .5 .5 0 0 .7",
  flake: ".016|snow 0 0 1 .5 .5 0 0 .65",
  drop: ".1|snow 0 0 1 .012 0 1 .2 .28",
};
export type Drawing = keyof typeof DRAWINGS;
/** Where the foot of a drawing stands, how large it is, and the ink of its leaves, petals or glow. */
export type Place = readonly [x: number, foot: number, scale: number, leaf: Colour];

const LAMP: Colour = [1, 0.84, 0.5];
const DIM = { night: 0.5, dusk: 0.3, dawn: 0.3, day: 0.08 };

/** The parts of a drawing in the light of the hour. */
function draw({ light, accent, near, hour, sun }: World, name: Drawing, [x, foot, scale, leaf]: Place) {
  const [size, ...parts] = DRAWINGS[name].split(/\s*\|/);
  const [unit, lamp] = [Number(size) * scale, hour === "day" ? near : LAMP];
  const tones: Record<string, Colour> = {
    wall: mix(light, WHITE, 0.4),
    roof: accent,
    dark: near,
    lamp,
    snow: WHITE,
  };
  return parts.map((part) => {
    const [tone = "", ...rest] = part.split(" ");
    const [right = 0, low = 0, high = 0, from = 0, to = 0, curve = 1, lean = 0, alpha = 1] = rest.map(Number);
    const flat = tone === "glow" || tone === "snow" || tone === "lamp";
    const bright = mix(tones[tone] ?? leaf, near, flat ? 0 : DIM[hour]);
    const inks = [bright, mix(bright, near, flat ? 0 : 0.5)] as const;
    const place = { x: x + (right + lean) * unit, top: foot - high * unit, bottom: foot - low * unit };
    const shape = { halves: [to * unit, from * unit, curve] as const, lean: -lean * unit, alpha, inks };
    return { ...place, ...shape, glows: tone === "glow", side: sun.x < x ? 1 : -1 };
  });
}
type Part = ReturnType<typeof draw>[number];

const spread = ([top, bottom, curve]: Part["halves"], t: number): number =>
  curve === 0 ? top * 2 * Math.sqrt(t * (1 - t)) : top + (bottom - top) * t ** curve;

/** The span of a part in a row, with smooth edges. */
function span(row: Row, y: number, { width, unit }: Canvas, part: Part): void {
  const { top, bottom, halves, inks, alpha, glows } = part;
  const [above, below] = [y + 0.5 - top * unit, bottom * unit - y - 0.5];
  const [t, step] = [clamp(above / (above + below)), 0.5 / (above + below)];
  const half = spread(halves, t) * unit;
  // As many pixels as it grows wider in a row, so many is its edge spread over.
  const edge = 1 + Math.abs(spread(halves, clamp(t + step)) - spread(halves, clamp(t - step))) * unit;
  const strength = alpha * clamp(Math.min(above, below) + 0.5);
  const [centre, reach] = [(part.x + part.lean * t) * unit, half + edge / 2];
  for (let at = Math.max(0, Math.floor(centre - reach)); at < Math.min(width, centre + reach); at++) {
    const [under, away] = [take(row, at * 3), at + 0.5 - centre];
    const ink = mix(inks[0], inks[1], clamp(0.5 + (away * part.side) / half / 2));
    const fade = Math.max(0, 1 - (away / halves[0] / unit) ** 2 - (2 * t - 1) ** 2) ** 3;
    const inside = clamp((half - Math.abs(away)) / edge + 0.5);
    put(row, at * 3, glows ? lit(under, ink, alpha * fade) : mix(under, ink, strength * inside));
  }
}

/** Paints a drawing as often as told, from the back to the front. */
export function scatter(world: World, name: Drawing, count: number, place: (t: number) => Place): Layer {
  const places = Array.from({ length: count }, (_, index) => place(index / count)).sort(
    (a, b) => a[1] - b[1],
  );
  const parts = places.flatMap((one) => draw(world, name, one));
  return (row, y) => {
    for (const part of parts) {
      if (y + 1 > part.top * world.unit && y < part.bottom * world.unit) span(row, y, world, part);
    }
  };
}
