import { ALL_SCOPES, ApiError, type Principal } from "@bluehour/contract";
import { DEFAULT_ACCOUNT } from "../accounts/account-id.ts";
import { secretsEqual } from "../constant-time.ts";
import type { Settings } from "../settings.ts";
import { openToken, type TokenClaims } from "./account-token.ts";

/** Who holds the operator's token. */
const OPERATOR: Principal = {
  accountId: DEFAULT_ACCOUNT,
  tokenId: null,
  scopes: ALL_SCOPES,
  confined: false,
};

/** Tokens that were found genuine, by the settings they were checked under: once an isolate is enough. */
const genuine = new WeakMap<Settings, Map<string, TokenClaims>>();

/** Tokens remembered; beyond it all are checked anew. */
const MAX_GENUINE = 1_000;

/**
 * Reads a bearer token, without asking anybody.
 *
 * @param origin - the request's `Origin`
 * @param now - milliseconds since the Unix epoch
 * @returns null for a token that opens nothing
 * @throws ApiError `forbidden` for a browser token that comes from another page than its own
 */
export async function authenticateToken(
  token: string,
  origin: string | undefined,
  settings: Settings,
  now: number,
): Promise<Principal | null> {
  const claims = genuine.get(settings)?.get(token) ?? (await check(token, settings));
  if (!claims) return (await secretsEqual(token, settings.adminToken)) ? OPERATOR : null;
  if (claims.expiresAt !== null && claims.expiresAt <= now) return null;
  if (claims.origin !== null && claims.origin !== origin) {
    throw new ApiError("forbidden", "This token may not be used from here: it is bound to another origin");
  }
  const { account, token: tokenId, scopes, confined } = claims;
  return { accountId: account, tokenId, scopes, confined };
}

async function check(token: string, settings: Settings): Promise<TokenClaims | null> {
  const claims = await openToken(settings.signingSecret, token);
  if (!claims) return null;
  const known = genuine.get(settings) ?? new Map<string, TokenClaims>();
  if (known.size >= MAX_GENUINE) known.clear();
  genuine.set(settings, known.set(token, claims));
  return claims;
}
