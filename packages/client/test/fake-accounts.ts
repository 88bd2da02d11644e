import { type AccountService, ApiError, type BrowserToken } from "@bluehour/contract";

/** One account, and its browser tokens in memory. What only the operator may is not there. */
export function fakeAccounts(): AccountService {
  const tokens = new Map<string, BrowserToken>();
  const operatorsAlone = () => Promise.reject(new ApiError("forbidden"));
  return {
    get: async () => ({
      id: "default",
      name: "default",
      created_at: "2026-01-01T00:00:00.000Z",
      credits: { granted: 100, balance: 95, charged: 5, refunded: 0 },
      limits: { creates_per_minute: 120 },
    }),
    issueBrowserToken: async (_principal, { scopes, expires_in, max_credits = null, origin = null }) => {
      const token: BrowserToken = {
        id: `token${tokens.size + 1}`,
        scopes,
        origin,
        created_at: new Date(0).toISOString(),
        expires_at: new Date(expires_in * 1000).toISOString(),
        max_credits,
        credits_charged: 0,
      };
      tokens.set(token.id, token);
      return { ...token, token: `bh_${token.id}` };
    },
    listBrowserTokens: async (_principal, { limit }) => ({
      items: [...tokens.values()].reverse().slice(0, limit),
      next_cursor: null,
    }),
    revokeBrowserToken: async (_principal, id) => {
      if (!tokens.delete(id)) throw new ApiError("not_found");
    },
    open: operatorsAlone,
    grantCredits: operatorsAlone,
    issueAccountToken: operatorsAlone,
    revokeAccountToken: operatorsAlone,
  };
}
