import {
  ACCOUNT_SCOPES,
  type AccountService,
  ApiError,
  type BrowserToken,
  type Scope,
} from "@bluehour/contract";
import type { Namespaces } from "../namespaces.ts";
import type { Settings } from "../settings.ts";
import { toTimestamp } from "../timestamp.ts";
import { newTokenId, sealToken } from "../tokens/account-token.ts";
import type { TokenStanding } from "../tokens/token-standing.ts";
import { isAccountId, newAccountId } from "./account-id.ts";
import { type AccountFacts, balanceOf } from "./account-record.ts";
import type { TokenFacts, TokenKind } from "./token-register.ts";

/** Accounts and their tokens on Cloudflare. A token is written down before anybody gets to see it. */
export function createAccountService(
  objects: Namespaces,
  settings: Settings,
  standing: TokenStanding,
): AccountService {
  const account = (id: string) => {
    if (!isAccountId(id)) throw new ApiError("not_found");
    return objects.account(id);
  };
  const seal = (accountId: string, token: NewToken) =>
    sealToken(settings.signingSecret, {
      account: accountId,
      token: token.id,
      scopes: token.scopes,
      confined: token.kind === "browser",
      expiresAt: token.expiresAt,
      origin: token.origin,
    });
  const revoke = async (accountId: string, tokenId: string, kinds: readonly TokenKind[]) => {
    if (!(await account(accountId).revokeToken(tokenId, kinds))) throw new ApiError("not_found");
    standing.forget(tokenId);
  };

  return {
    async get({ accountId }) {
      return toAccount(accountId, await account(accountId).describe(), settings);
    },

    async issueBrowserToken({ accountId }, { scopes, expires_in, max_credits, origin }) {
      const now = Date.now();
      const token: NewToken = {
        ...newToken("browser", scopes, now),
        expiresAt: now + expires_in * 1000,
        origin: origin ?? null,
        maxCredits: max_credits ?? null,
      };
      if (!(await account(accountId).addToken(token))) throw new ApiError("not_found");
      return { ...toBrowserToken({ ...token, spent: 0 }), token: await seal(accountId, token) };
    },

    async listBrowserTokens({ accountId }, { limit, cursor }) {
      const tokens = await account(accountId).browserTokens(limit + 1, cursor ?? null);
      const items = tokens.slice(0, limit).map(toBrowserToken);
      return { items, next_cursor: tokens.length > limit ? (items.at(-1)?.id ?? null) : null };
    },

    revokeBrowserToken: ({ accountId }, tokenId) => revoke(accountId, tokenId, ["browser"]),

    async open({ name, credits }) {
      const id = newAccountId();
      const token = newToken("account", ACCOUNT_SCOPES, Date.now());
      await account(id).open(name, credits, token);
      return { id, token: await seal(id, token) };
    },

    async grantCredits(accountId, add, key) {
      const granted = await account(accountId).grant(add, key);
      switch (granted.outcome) {
        case "absent":
          throw new ApiError("not_found");
        case "unmetered":
          throw new ApiError("conflict", "The account is unmetered: it needs no credits");
        case "idempotency_mismatch":
          throw new ApiError("idempotency_mismatch");
        default:
          return {
            account: toAccount(accountId, granted.account, settings),
            replayed: granted.outcome === "replayed",
          };
      }
    },

    async issueAccountToken(accountId) {
      const token = newToken("account", ACCOUNT_SCOPES, Date.now());
      if (!(await account(accountId).addToken(token))) throw new ApiError("not_found");
      return { id: token.id, token: await seal(accountId, token) };
    },

    revokeAccountToken: (accountId, tokenId) => revoke(accountId, tokenId, ["account", "browser"]),
  };
}

type NewToken = Omit<TokenFacts, "spent" | "scopes"> & { readonly scopes: Exclude<Scope, "admin">[] };

function newToken(kind: TokenKind, scopes: readonly Exclude<Scope, "admin">[], now: number): NewToken {
  return {
    id: newTokenId(now),
    kind,
    createdAt: now,
    expiresAt: null,
    scopes: [...scopes],
    origin: null,
    maxCredits: null,
  };
}

function toAccount(id: string, facts: AccountFacts | null, settings: Settings) {
  if (!facts) throw new ApiError("not_found");
  const { name, createdAt, granted, charged, refunded } = facts;
  return {
    id,
    name,
    created_at: toTimestamp(createdAt),
    credits: { granted, balance: balanceOf(facts), charged, refunded },
    limits: { creates_per_minute: settings.rateLimitPerMinute },
  };
}

function toBrowserToken(token: TokenFacts): BrowserToken {
  return {
    id: token.id,
    scopes: token.scopes.filter((scope) => scope !== "account" && scope !== "admin"),
    origin: token.origin,
    created_at: toTimestamp(token.createdAt),
    expires_at: toTimestamp(token.expiresAt ?? token.createdAt),
    max_credits: token.maxCredits,
    credits_charged: token.spent,
  };
}
