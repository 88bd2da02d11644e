import { along, BLACK, type Canvas, type Colour, hex, luminance, mix, WHITE } from "./canvas.ts";
import { chance, hash } from "./noise.ts";

/** What can be painted, by the words that ask for it, the first of them its name. Plurals are understood. */
const SUBJECTS = `night midnight dark moon moonlight moonlit|dusk sunset twilight evening|dawn daybreak sunrise morning
|day daylight noon sunny summer|rain rainy downpour drizzle wet storm stormy thunder|snow snowy winter frozen ice icy
|fog foggy mist misty haze hazy smoke|cloud cloudy overcast sky|autumn fall october maple|spring cherry blossom sakura
|mountain peak alp alpine summit glacier volcano fjord cliff canyon|desert dune sand sandy sahara oasis
|forest wood woodland jungle tree pine grove fir|lake pond lagoon river stream canal water
|meadow hill valley countryside field grass prairie garden park flower tulip poppy rose daisy
|sea ocean beach coast bay harbor harbour shore island|boat ship sailboat yacht sail|lighthouse beacon
|city skyline town downtown street metropolis skyscraper cyberpunk building tower|castle fortress citadel palace
|cabin house cottage home hut barn village farmhouse|bird gull seagull crow raven swan eagle
|star starry starlight constellation|galaxy cosmos nebula cosmic space universe|aurora borealis
|neon synthwave vaporwave glowing hologram`;
const COLOURS = `d8323c red crimson scarlet ruby|f0803c orange amber copper|f2b84b gold golden yellow honey
|4f9a4d green emerald jade lime olive|1f9e9a teal turquoise cyan aqua mint|2f64c8 blue azure cobalt navy indigo
|7c4cc4 purple violet lilac lavender|ec6a9c pink magenta coral fuchsia|8a5a3c brown chocolate rust bronze sepia
|8c8e96 grey gray silver monochrome noir`;
const names = (table: string): ReadonlyMap<string, string> =>
  new Map(
    table.split(/\n?\|/).flatMap((line) => line.split(" ").map((word) => [word, line.split(" ")[0] ?? ""])),
  );
const [subjectOf, colourOf] = [names(SUBJECTS), names(COLOURS)];
/** Every word that changes a picture other than by chance. */
export const VOCABULARY = [...subjectOf.keys(), ...colourOf.keys()].filter((word) => !/\d/.test(word));

const HOURS = ["night", "dusk", "dawn", "day"] as const;
/** Four inks of sky from zenith to horizon, land far and near, the light, and what catches the eye. */
const PALETTES = `dawn 4a6fa5 9db4d0 f6c9b5 ffe6b8 a78fae 2c3550 fff3cf e2694e
dawn 5b4b8a b684b5 f7a9a0 ffdcae a5769c 2d2547 fff0c9 f26b5b
day 2272b4 5fb0d9 b4dfe6 f4f1d8 8cb6bf 1d4a44 fffbe6 d9482b
day 1d7f8c 5bb8b0 bfe3cf fbf0cf 86b3a2 234a3a fff8dc ee6c3a
dusk 1a1f4d 5c3a80 d7567c ffb265 8b5080 1b1432 ffe3a6 e8503a
dusk 0e2b4a 2f617f e27f68 ffd391 7c6a86 121d30 ffeebb f0603c
night 040a20 0b1d42 1c3c6e 4a7ba0 2d4f77 060d1d f6f0d6 ffb84f
night 0c0722 26134d 4c2a78 9a5c99 4a2f72 0b0719 fdeed8 ff8f5a`.split("\n");

/** What everything in a picture agrees on. Places and lengths are in units, `y` downwards. */
export type World = ReturnType<typeof worldOf>;

/** What a prompt asks for, as far as a program without understanding can tell; `variant` tells pictures apart. */
export function worldOf(prompt: string, variant: number, canvas: Canvas) {
  const words = prompt.toLowerCase().match(/\p{L}+/gu) ?? [];
  const forms = words.flatMap((word) => [word, word.replace(/s$/, ""), word.replace(/ies$/, "y")]);
  const subjects = new Set(forms.flatMap((word) => subjectOf.get(word) ?? []));
  const has = (...asked: string[]): boolean => asked.some((subject) => subjects.has(subject));
  // Words that are not known decide what the known ones leave open.
  const seed = Array.from(words.join(" ")).reduce(
    (bits, letter) => hash(bits, letter.codePointAt(0)),
    variant,
  );
  let drawn = 0;
  const random = (low = 0, high = 1): number => low + chance(seed, drawn++) * (high - low);

  // Hours, seasons and neon colour a picture without being a place.
  const abstract = [...subjects].every((subject) => [...HOURS, "autumn", "spring", "neon"].includes(subject));
  const dark = has("star", "galaxy", "aurora") || (has("neon") && !abstract);
  const usual = dark ? "night" : has("city", "lighthouse", "rain") ? "dusk" : HOURS[Math.floor(random(1, 4))];
  const hour = HOURS.find((one) => has(one)) ?? usual ?? "day";
  const night = hour === "night";
  const dyes = [...new Set(forms.flatMap((word) => colourOf.get(word) ?? []))].map(hex);
  const [, ...palette] =
    PALETTES.filter((line) => line.startsWith(`${hour} `))[hash(seed) % 2]?.split(" ") ?? [];
  const inks = palette.map((digits, index): Colour => {
    const [plain, dye] = [hex(digits), dyes[index % dyes.length]];
    if (!dye || index === 6) return plain;
    return index === 7
      ? dye
      : mix(plain, along([BLACK, dye, WHITE], luminance(plain)), abstract ? 0.85 : 0.5);
  });
  const [zenith = BLACK, high = BLACK, low = BLACK, pale = WHITE, far = BLACK, near = BLACK] = inks;
  const [light = WHITE, accent = WHITE, haze] = [inks[6], inks[7], mix(pale, low, night ? 0.5 : 0.15)];
  const colours = { zenith, high, low, pale, far, near, light, accent, haze };

  // The main thing and the sun stand to either side, on lines that cut the picture in thirds.
  const [wide, tall, side] = [
    canvas.width / canvas.unit,
    canvas.height / canvas.unit,
    random() < 0.5 ? -1 : 1,
  ];
  const [focus, horizon] = [wide * (0.5 + side * random(0.13, 0.18)), tall * random(0.59, 0.65)];
  const rise = night || hour === "day" ? random(0.38, 0.44) : has("sea", "lake", "lighthouse") ? 0.11 : 0.21;
  const sun = { x: wide * (0.5 - side * random(0.16, 0.22)), y: horizon - rise };
  return {
    ...canvas,
    ...colours,
    wide,
    tall,
    focus,
    horizon,
    sun,
    hour,
    night,
    has,
    seed,
    random,
    dyes,
    abstract,
  };
}
