import { blackForestLabs } from "../fixtures/black-forest-labs/dialect.ts";
import { comfyui } from "../fixtures/comfyui/dialect.ts";
import { fal } from "../fixtures/fal/dialect.ts";
import { google } from "../fixtures/google/dialect.ts";
import { magicHour } from "../fixtures/magic-hour/dialect.ts";
import { openai } from "../fixtures/openai/dialect.ts";
import { replicate } from "../fixtures/replicate/dialect.ts";
import { stability } from "../fixtures/stability/dialect.ts";
import type { Dialect } from "./dialect.ts";

/** Every provider that can be faked over HTTP, by its id. */
export const DIALECTS = {
  "black-forest-labs": blackForestLabs,
  comfyui,
  fal,
  google,
  "magic-hour": magicHour,
  openai,
  replicate,
  stability,
} as const satisfies Readonly<Record<string, Dialect>>;

export type FakedProvider = keyof typeof DIALECTS;
