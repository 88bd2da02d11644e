import { parse } from "smol-toml";
import { expect } from "vitest";
import type { BrowserContext } from "playwright-core";
import { createKeyedSchema, settingsSchema } from "../../../apps/edge/src/settings-schema.ts";
import type { Guide, Ran } from "./open-guide.ts";
import type { Page } from "./open-page.ts";
import { programPath } from "./programs.ts";
import { checkPython } from "./check-python.ts";
import type { Unit } from "./units.ts";
