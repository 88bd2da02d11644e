import { comfyui } from "../fixtures/comfyui/dialect.ts";
import { magicHour } from "../fixtures/magic-hour/dialect.ts";
import { replicate } from "../fixtures/replicate/dialect.ts";
import type { Dialect } from "./dialect.ts";

/** Every provider that can be faked over HTTP, by its id. */
export const DIALECTS = {
  comfyui,
  "magic-hour": magicHour,
  replicate,
} as const satisfies Readonly<Record<string, Dialect>>;

export type FakedProvider = keyof typeof DIALECTS;
