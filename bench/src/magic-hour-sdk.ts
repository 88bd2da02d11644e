import { createRequire } from "node:module";
import type MagicHour from "magic-hour";

// The SDK is CommonJS, where every loader has its own idea of a default import.
const { default: Client }: typeof MagicHour = createRequire(import.meta.url)("magic-hour");

process.env["MAGIC_HOUR_LOG_LEVEL"] = "none";

export type MagicHourSdk = InstanceType<typeof Client>;

/** Magic Hour's official SDK, as it comes: it polls every 500 ms. */
export function createMagicHourSdk(baseUrl: string, token: string): MagicHourSdk {
  return new Client({ token, baseUrl });
}
