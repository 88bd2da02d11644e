import type {
  Account as AccountFacts,
  BrowserToken,
  BrowserTokenInput,
  IssuedBrowserToken,
  Page,
} from "@bluehour/contract";
import { call, DELETION, ONCE } from "./call.ts";
import { inQuery, type PageRequest } from "./page-request.ts";
import type { RpcClient } from "./rpc.ts";
import type { ScopeOptions } from "./scope.ts";

/** `/v1/account/tokens`: short-lived tokens for front ends, each of which sees the jobs it created alone. */
export interface AccountTokens {
  /**
   * Issues a token that a page can hold. Not retried.
   *
   * @throws ValidationError, for instance for an `expires_in` of more than a day
   * @example
   * const { token } = await bluehour.v1.account.tokens.create({
   *   scopes: ["generate", "read", "upload"],
   *   expires_in: 3600,
   *   max_credits: 50,
   *   origin: "https://shop.example",
   * });
   */
  create(request: BrowserTokenInput, options?: ScopeOptions): Promise<IssuedBrowserToken>;
  /** Those that still stand, newest first. @throws ValidationError for a `limit` out of range */
  list(request?: PageRequest, options?: ScopeOptions): Promise<Page<BrowserToken>>;
  /** Revokes a token: takes effect at once for creates, within a minute for everything else. @throws NotFoundError */
  revoke(request: { id: string }, options?: ScopeOptions): Promise<void>;
}

/** `/v1/account`: what the account has, and the tokens it gives to front ends. Needs an account's token. */
export interface Account {
  /** Credits and limits. */
  get(options?: ScopeOptions): Promise<AccountFacts>;
  /** Those that it gives to front ends. */
  readonly tokens: AccountTokens;
}

export function account({ v1: { account: route } }: RpcClient): Account {
  const { tokens } = route;
  return {
    get: (options) => call(options, (at) => route.$get({}, at)),
    tokens: {
      create: (json, options) => call(options, (at) => tokens.$post({ json }, at), ONCE),
      list: (page = {}, options) => call(options, (at) => tokens.$get({ query: inQuery(page) }, at)),
      revoke: ({ id: tokenId }, options) =>
        call(options, (at) => tokens[":tokenId"].$delete({ param: { tokenId } }, at), DELETION),
    },
  };
}
