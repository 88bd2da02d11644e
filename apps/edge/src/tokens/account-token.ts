import { ACCOUNT_SCOPES } from "@bluehour/contract";
import * as z from "zod";
import { isAccountId } from "../accounts/account-id.ts";
import { isSigned, sign } from "../signing.ts";

/** So that a token is known for what it is where it should not be: in a log, a repository. */
const PREFIX = "bh_";

const claimsSchema = z.object({
  account: z.string().refine(isAccountId),
  token: z.string().min(1),
  scopes: z.array(z.enum(ACCOUNT_SCOPES)),
  /** A browser token: sees only the jobs that it created. */
  confined: z.boolean(),
  /** Milliseconds since the Unix epoch; null for one that does not expire. */
  expiresAt: z.int().nullable(),
  origin: z.string().nullable(),
});

/** What a token says of itself. */
export type TokenClaims = z.output<typeof claimsSchema>;

/**
 * Makes a token: `bh_<claims>.<signature>`. It names its account and says what it allows, so that reading it needs no
 * look-up, and forged ones wake nobody. Only whether it was revoked is the account's to say.
 *
 * @param secret - the setting `SIGNING_SECRET`
 */
export async function sealToken(secret: string, claims: TokenClaims): Promise<string> {
  const payload = new TextEncoder()
    .encode(JSON.stringify(claims))
    .toBase64({ alphabet: "base64url", omitPadding: true });
  return `${PREFIX}${payload}.${await sign(secret, "account-token", payload)}`;
}

/**
 * Reads a token.
 *
 * @returns null unless we made it ourselves, under this very secret
 */
export async function openToken(secret: string, token: string): Promise<TokenClaims | null> {
  if (!token.startsWith(PREFIX)) return null;
  const [payload = "", signature = "", ...rest] = token.slice(PREFIX.length).split(".");
  if (rest.length > 0 || !(await isSigned(secret, "account-token", payload, signature))) return null;
  const bytes = Uint8Array.fromBase64(payload, { alphabet: "base64url" });
  const parsed = claimsSchema.safeParse(JSON.parse(new TextDecoder().decode(bytes)));
  return parsed.success ? parsed.data : null;
}

/** An id of a token: the time first, so that ids are in the order of issue. */
export function newTokenId(now: number): string {
  return now.toString(36).padStart(9, "0") + crypto.getRandomValues(new Uint8Array(8)).toHex();
}
