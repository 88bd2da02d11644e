import { type Canvas, hex, type Layer, luminance, mix, put, take } from "./canvas.ts";
import { chance, clamp, hash, noise, smooth } from "./noise.ts";

/** As painted. Tones are how many flat ones, outline the ink where they meet, wash the paint on the paper. */
const PAINT = { saturation: 1, contrast: 1, tones: 0, outline: 0, wash: 1, vignette: 0, grain: 0.5 };
/** Pictures side by side, the margin as a part of one, and corners, 0 square to 1 round. */
const FRAME = { columns: 1, margin: 0, corners: 0, ink: "17131c", paper: "fbf7ee" };
type Treatment = typeof PAINT & typeof FRAME & { readonly pen: keyof typeof PENS };

const TREATMENTS = {
  gouache: {},
  cel: { saturation: 1.4, contrast: 1.1, tones: 7, outline: 0.5, grain: 0.2 },
  comic: { saturation: 1.7, contrast: 1.25, tones: 5, pen: "halftone", outline: 1, grain: 0 },
  manga: { contrast: 1.25, pen: "halftone", outline: 1, wash: 0, grain: 0 },
  pencil: { pen: "hatching", outline: 0.7, ink: "35343c", paper: "f5f0e4", wash: 0.12 },
  blueprint: { pen: "hatching", outline: 1, ink: "1f4a86", paper: "f2f5f8", wash: 0.05 },
  parchment: { pen: "hatching", outline: 1, ink: "4a2f1b", paper: "e9d3a2", wash: 0.25, vignette: 0.5 },
  linework: { contrast: 1.4, tones: 9, outline: 1, paper: "efd9c6", wash: 0, margin: 0.1, corners: 1 },
  pattern: { saturation: 1.2, tones: 7, grain: 0.3, columns: 4, margin: 0.05, corners: 1 },
  badge: { saturation: 1.35, tones: 5, grain: 0, margin: 0.1, corners: 0.45 },
  dark: { saturation: 0.35, contrast: 1.5, paper: "2c2e36", wash: 0.8, vignette: 1, grain: 3 },
  poster: { contrast: 1.3, vignette: 0.8, grain: 2, paper: "100e14", margin: 0.05 },
} satisfies Readonly<Record<string, Partial<Treatment>>>;

/** Magic Hour's 35 style tools by their treatment. */
export const TOOLS: Readonly<Record<keyof typeof TREATMENTS, string>> = {
  gouache: `general ai-landscape-generator ai-background-generator disney-ai-generator ai-art-generator
    ai-photo-generator ai-face-generator ai-interior-design-generator`,
  cel: `ai-anime-generator ai-character-generator animated-characters-generator ai-illustration-generator
    south-park-character-generator pokemon-generator`,
  comic: "comic-book-generator superhero-generator graffiti-generator thumbnail-maker",
  manga: "ai-manga-generator",
  pencil: "ai-sketch-generator ai-fashion-generator ai-outfit-generator",
  blueprint: "architecture-generator",
  parchment: "fantasy-map-generator dnd-ai-art-generator",
  linework: "ai-tattoo-generator optical-illusion-generator",
  pattern: "ai-pattern-generator",
  badge: "ai-icon-generator emoji-generator ai-logo-generator",
  dark: "dark-fantasy-ai",
  poster: "movie-poster-generator album-cover-generator book-cover-generator",
};

/** The treatment of a tool; one that is not known is painted in gouache. */
export function treatmentOf(tool: string): Treatment {
  // Object.keys forgets the type of the keys it gives.
  const names = Object.keys(TREATMENTS) as (keyof typeof TREATMENTS)[];
  const name = names.find((one) => TOOLS[one].split(/\s+/).includes(tool)) ?? "gouache";
  return { ...PAINT, ...FRAME, pen: "none", ...TREATMENTS[name] };
}

/** How much ink a pen leaves, 0 to 1, at a place whose light is `tone`. */
const PENS = {
  none: () => 0,
  halftone(x: number, y: number, tone: number, unit: number) {
    const away = Math.hypot((((x + y) * 80) % 1) - 0.5, (((x - y) * 80 + 400) % 1) - 0.5);
    const radius = tone > 0.86 ? -1 : tone < 0.16 ? 1 : Math.sqrt((1 - tone) * 0.32);
    return clamp(((radius - away) * unit) / 112 + 0.5);
  },
  // Sets of strokes, each of another angle and for another depth of shadow.
  hatching: (x: number, y: number, tone: number) =>
    [0.86, 0.58, 0.36].reduce((ink, from, set) => {
      if (tone > from) return ink;
      const [cos, sin] = [Math.cos(0.75 - set * 0.9), Math.sin(0.75 - set * 0.9)];
      const [run, across] = [x * cos + y * sin, (y * cos - x * sin) * 120];
      const place = across + noise(run * 6, across / 3, 1) * 1.6;
      const pressure = clamp((from - tone) * 3.2) * (0.35 + 0.75 * noise(run * 40, Math.floor(place), 2));
      return 1 - (1 - ink) * (1 - pressure * smooth(0.22, 0.08, Math.abs(place - Math.floor(place) - 0.5)));
    }, 0),
};

/** Finishes painted rows, given in order from the top. */
export function finisher({ width, height, unit }: Canvas, look: Treatment, seed: number): Layer {
  const { saturation, contrast, tones, outline, wash, vignette, grain } = look;
  const [ink, paper, nib] = [hex(look.ink), hex(look.paper), Math.max(1, Math.round(unit / 420))];
  const speckle = Math.max(1, unit / 1024);
  const light = Array.from({ length: nib + 1 }, () => new Float32Array(width));
  return (row, y) => {
    const [here = row, above = row] = [light[y % (nib + 1)], light[(y + 1) % (nib + 1)]];
    const dice = hash(Math.floor(y / speckle), seed);
    for (let x = 0; x < width; x++) {
      const grey = luminance(take(row, x * 3));
      const tone = clamp((grey - 0.5) * contrast + 0.5);
      here[x] = tone;
      const flat = tones ? (Math.floor(tone * tones) + smooth(0.42, 0.58, (tone * tones) % 1)) / tones : tone;
      const jump = Math.abs(tone - (here[Math.max(0, x - nib)] ?? 0)) + Math.abs(tone - (above[x] ?? 0));
      const edge = outline && y >= nib ? outline * smooth(0.5, 1.6, jump * (tones || 10)) : 0;
      // On paint a pen only deepens the shadows.
      const drawn = PENS[look.pen](x / unit, y / unit, tone, unit) * (wash < 1 ? 1 : 0.5 * (1 - tone));
      const fall = smooth(0.06, 0.56, (x / width - 0.5) ** 2 + (y / height - 0.5) ** 2) * vignette;
      const dry = (1 - edge) * (1 - drawn) * (1 - fall);
      const speck = (chance(Math.floor(x / speckle), dice) - 0.5) * 0.016 * grain;
      for (const channel of [0, 1, 2] as const) {
        const vivid = grey + ((row[x * 3 + channel] ?? 0) - grey) * saturation;
        const painted = (((vivid - 0.5) * contrast + 0.5) * (flat + 0.04)) / (tone + 0.04);
        const washed = paper[channel] + (painted - paper[channel]) * wash;
        row[x * 3 + channel] = ink[channel] + (washed - ink[channel]) * dry + speck;
      }
    }
  };
}

/** Cuts a picture, whose painter `picture` makes, to a frame: a print, a badge, or a pattern of medallions. */
export function framed(canvas: Canvas, look: Treatment, picture: (size: Canvas) => Layer): Layer {
  if (look.margin === 0) return picture(canvas);
  const width = canvas.width / look.columns;
  const height = look.columns > 1 ? width : canvas.height;
  const [edge, paper] = [look.margin * Math.min(width, height), hex(look.paper)];
  const round = look.corners * (Math.min(width, height) / 2 - edge);
  const paint = picture({ width, height, unit: canvas.unit / look.columns });
  const inner = new Float32Array(width * 3);
  return (row, y) => {
    paint(inner, y % height);
    const down = Math.abs((y % height) + 0.5 - height / 2) - height / 2 + edge + round;
    for (let x = 0; x < canvas.width; x++) {
      const across = Math.abs((x % width) + 0.5 - width / 2) - width / 2 + edge + round;
      const corner = Math.hypot(Math.max(0, across), Math.max(0, down));
      const inside = clamp(0.5 + round - corner - Math.min(0, Math.max(across, down)));
      put(row, x * 3, mix(paper, take(inner, (x % width) * 3), inside));
    }
  };
}
