import type { Diagnostic } from "@bluehour/contract";
import type { Settings } from "../settings.ts";
import { fault, ok, warning } from "./verdict.ts";

/** 16 random bytes in hexadecimal are 32 characters; a phrase that somebody made up rarely has so many. */
const MIN_CHARACTERS = 32;

/** Random hexadecimal of that length has 16 different ones, and fewer than 10 once in a million. */
const MIN_DIFFERENT = 10;

/**
 * Whether the secrets can be guessed. That they are there at all, the settings have seen to.
 *
 * @param isPublic - whether strangers can reach the Worker: on one's own machine a weak secret is only pointed out
 */
export function checkSecrets(
  { adminToken, signingSecret }: Pick<Settings, "adminToken" | "signingSecret">,
  isPublic: boolean,
): Diagnostic[] {
  const bad = isPublic ? fault : warning;
  const checks = [
    ["ADMIN_TOKEN", adminToken, ""],
    ["SIGNING_SECRET", signingSecret, "; account tokens have to be issued anew after it"],
  ].map(([name = "", secret = "", note = ""]) =>
    isWeak(secret)
      ? bad(name, "can be guessed: it is short, or hardly varied", `${renew(name)}${note}`)
      : ok(name, "is set, and long enough"),
  );
  if (adminToken !== signingSecret) return checks;
  return [...checks, bad("secrets", "ADMIN_TOKEN and SIGNING_SECRET are the same", renew("ADMIN_TOKEN"))];
}

function isWeak(secret: string): boolean {
  return secret.length < MIN_CHARACTERS || new Set(secret).size < MIN_DIFFERENT;
}

function renew(name: string): string {
  return `openssl rand -hex 32 | wrangler secret put ${name}`;
}
