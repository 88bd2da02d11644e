import { ALL_SCOPES, ApiError, type Principal } from "@bluehour/contract";
import { DEFAULT_ACCOUNT } from "../accounts/account-id.ts";
import { secretsEqual } from "../constant-time.ts";
import type { Settings } from "../settings.ts";
import { openToken } from "./account-token.ts";

/** Who holds the operator's token. */
const OPERATOR: Principal = {
  accountId: DEFAULT_ACCOUNT,
  tokenId: null,
  scopes: ALL_SCOPES,
  confined: false,
};

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
  { adminToken, signingSecret }: Settings,
  now: number,
): Promise<Principal | null> {
  if (await secretsEqual(token, adminToken)) return OPERATOR;
  const claims = await openToken(signingSecret, token);
  if (!claims || (claims.expiresAt !== null && claims.expiresAt <= now)) return null;
  if (claims.origin !== null && claims.origin !== origin) {
    throw new ApiError("forbidden", "This token may not be used from here: it is bound to another origin");
  }
  const { account, token: tokenId, scopes, confined } = claims;
  return { accountId: account, tokenId, scopes, confined };
}
