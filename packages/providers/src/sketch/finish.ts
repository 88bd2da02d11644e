import { type Canvas, type Painter, take } from "./canvas.ts";
import { clamp, hex, luminance, noise, smooth } from "./colour.ts";
import finishes from "./treatments.json" with { type: "json" };

/** How a picture is finished: into how many tones, with which lines, how much `wash` is left, how it is cut. */
type Treatment = typeof finishes.plain;
/** The treatment of one of Magic Hour's style tools; one that is not known is painted plainly. */
export function treatmentOf(tool: string): Treatment {
  const known = Object.values(finishes.treatments).find(({ tools }) => tools.includes(tool));
  return { ...finishes.plain, ...known };
}

/** The ink of a printer's dots, 0 to 1, at a place whose light is `tone`. */
function dots(x: number, y: number, tone: number, unit: number): number {
  const away = Math.hypot((((x + y) * 80) % 1) - 0.5, (((x - y) * 80 + 400) % 1) - 0.5);
  return clamp(((Math.sqrt(Math.max(0, 0.94 - tone) * 0.4) - away) * unit) / 112 + 0.5);
}
/** The ink of a set of strokes; each set is for another depth of shadow and of another angle. */
function strokes(x: number, y: number, tone: number, set: number): number {
  const deep = 0.86 - 0.25 * set - tone;
  if (deep < 0) return 0;
  const [cos, sin] = [Math.cos(0.75 - set * 0.9), Math.sin(0.75 - set * 0.9)];
  const [run, across] = [x * cos + y * sin, (y * cos - x * sin) * 120];
  const place = across + noise(run * 6, across / 3, 1) * 1.6;
  const pressure = clamp(deep * 3.2) * (0.35 + 0.75 * noise(run * 40, Math.floor(place), 2));
  return pressure * smooth(0.22, 0.08, Math.abs(place - Math.floor(place) - 0.5));
}

/** Finishes painted rows. */
export function finisher({ width, height, unit }: Canvas, look: Treatment): Painter {
  const { saturation, contrast, tones, outline, wash } = look;
  const [ink, paper, nib] = [hex(look.ink), hex(look.paper), Math.max(1, Math.round(unit / 420))];
  const edge = look.margin * Math.min(width, height);
  const round = look.corners * (Math.min(width, height) / 2 - edge);
  const light = Array.from({ length: nib + 1 }, () => new Float32Array(width));
  return (row, y) => {
    const [here = row, above = row] = [light[y % (nib + 1)], light[(y + 1) % (nib + 1)]];
    const down = Math.abs(y + 0.5 - height / 2) - height / 2 + edge + round;
    for (let x = 0; x < width; x++) {
      const across = Math.abs(x + 0.5 - width / 2) - width / 2 + edge + round;
      const corner = Math.sqrt(Math.max(0, across) ** 2 + Math.max(0, down) ** 2);
      const shown = clamp(0.5 + round - corner - Math.min(0, Math.max(across, down)));
      const grey = luminance(take(row, x * 3));
      const tone = clamp((grey - 0.5) * contrast + 0.5);
      let [flat, dry] = [tone, 1];
      if (tones) flat = (Math.floor(tone * tones) + smooth(0.42, 0.58, (tone * tones) % 1)) / tones;
      const jump = Math.abs(tone - (here[x - nib] ?? tone)) + Math.abs(tone - (above[x] ?? 0));
      if (outline && y >= nib) dry -= outline * smooth(0.5, 1.6, jump * (tones || 10));
      here[x] = tone;
      // On paint dots only deepen the shadows.
      if (look.halftone) dry *= 1 - dots(x / unit, y / unit, tone, unit) * (wash < 1 ? 1 : 0.5 * (1 - tone));
      for (let set = 0; set < look.hatching; set++) dry *= 1 - strokes(x / unit, y / unit, tone, set);
      const away = (x / width - 0.5) ** 2 + (y / height - 0.5) ** 2;
      if (look.vignette) dry *= 1 - smooth(0.06, 0.56, away) * look.vignette;
      const gain = (flat + 0.04) / (tone + 0.04);
      for (let channel = 0, at = x * 3; channel < 3; channel++, at++) {
        const vivid = grey + ((row[at] ?? 0) - grey) * saturation;
        const [painted, blank] = [((vivid - 0.5) * contrast + 0.5) * gain, paper[channel] ?? 0];
        const drawn = (blank + (painted - blank) * wash) * dry + (ink[channel] ?? 0) * (1 - dry);
        row[at] = blank + (drawn - blank) * shown;
      }
    }
  };
}
