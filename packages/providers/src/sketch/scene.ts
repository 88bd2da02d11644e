import type { Canvas } from "./canvas.ts";
import { along, type Colour, chance, hash, hex, hexes, luminance, mix, WHITE } from "./colour.ts";
import palettes from "./palettes.json" with { type: "json" };
import vocabulary from "./vocabulary.json" with { type: "json" };

/** What each word asks for. */
const meanings = (table: Readonly<Record<string, string>>): ReadonlyMap<string, string> =>
  new Map(Object.entries(table).flatMap(([key, words]) => words.split(" ").map((word) => [word, key])));
const [subjectOf, colourOf] = [meanings(vocabulary.subjects), meanings(vocabulary.colours)];
/** Every word that changes a picture other than by chance. */
export const VOCABULARY = [...subjectOf.keys(), ...colourOf.keys()];
const HOURS = ["night", "dusk", "dawn", "day"] as const;
/** What everything in a picture agrees on. Places and lengths are in units, `y` downwards. */
export type World = ReturnType<typeof worldOf>;
/** What a prompt asks for, as far as a program without understanding can tell; `variant` tells pictures apart. */
export function worldOf(prompt: string, variant: number, canvas: Canvas) {
  const words = prompt.toLowerCase().match(/\p{L}+/gu) ?? [];
  const forms = words.flatMap((word) => [word, word.replace(/s$/, ""), word.replace(/ies$/, "y")]);
  const subjects = new Set(forms.flatMap((word) => subjectOf.get(word) ?? []));
  const has = (...asked: string[]): boolean => asked.some((subject) => subjects.has(subject));
  // Words that are not known decide what the known ones leave open.
  const seed = Array.from(words.join(" ")).reduce((bits, char) => hash(bits, char.codePointAt(0)), variant);
  let drawn = 0;
  const random = (low = 0, high = 1): number => low + chance(seed, drawn++) * (high - low);
  // Hours, seasons and neon colour a picture without being a place.
  const abstract = [...subjects].every((subject) => vocabulary.moods.split(" ").includes(subject));
  const dark = has("star", "galaxy", "aurora") || (has("neon") && !abstract);
  const usual = dark ? "night" : has("city", "lighthouse", "rain") ? "dusk" : HOURS[Math.floor(random(1, 4))];
  const hour = HOURS.find((one) => has(one)) ?? usual ?? "day";
  const night = hour === "night";
  const { inks, fog, dim } = palettes.hours[hour];
  if (night && !has("fog", "rain")) subjects.add("star");
  // Under stars, and on mountains, snow lies.
  if (has("snow") && !has("star", "mountain")) subjects.add("snowfall");
  const dyes = [...new Set(forms.flatMap((word) => colourOf.get(word) ?? []))].map(hex);
  const dyed = (plain: Colour, index: number): Colour => {
    const dye = dyes[index % dyes.length];
    const tint = dye ? along([hex("000000"), dye, WHITE], luminance(plain)) : plain;
    const ink = mix(plain, tint, abstract ? 0.85 : 0.5);
    return has("fog") && index < 4 ? mix(ink, hex(fog), 0.35 + 0.17 * index) : ink;
  };
  const palette = hexes(inks[hash(seed) % inks.length] ?? "");
  const [zenith = WHITE, high = zenith, low = high, pale = low, far = low, near = far] = palette.map(dyed);
  const [light = WHITE, accent = WHITE] = [palette[6], dyes[7 % dyes.length] ?? palette[7]];
  const haze = mix(pale, low, night ? 0.5 : 0.15);
  const colours = { zenith, high, low, pale, far, near, light, accent, haze };
  // The main thing and the sun stand to either side, on lines that cut the picture in thirds.
  const [wide, tall] = [canvas.width / canvas.unit, canvas.height / canvas.unit];
  const side = random() < 0.5 ? -1 : 1;
  const [focus, horizon] = [wide * (0.5 + side * random(0.13, 0.18)), tall * random(0.59, 0.65)];
  const rise = night || hour === "day" ? random(0.38, 0.44) : has("sea", "lake", "lighthouse") ? 0.11 : 0.21;
  const sun = { x: wide * (0.5 - side * random(0.16, 0.22)), y: horizon - rise };
  const place = { wide, tall, focus, horizon, sun };
  return { ...canvas, ...colours, ...place, hour, night, dim, has, seed, random, dyes, abstract };
}
