import type {
  Account,
  AccountToken,
  BrowserToken,
  BrowserTokenRequest,
  IssuedBrowserToken,
  OpenAccountRequest,
} from "./account.ts";
import type { Page, PageQuery } from "./page.ts";
import type { Principal } from "./principal.ts";

interface CreditsGranted {
  /** As it is now. */
  readonly account: Account;
  /** The key has added these credits before. */
  readonly replayed: boolean;
}

/** What the routes of accounts and their tokens need. What does not exist is an `ApiError` `not_found`. */
export interface AccountService {
  get(principal: Principal): Promise<Account>;
  issueBrowserToken(principal: Principal, request: BrowserTokenRequest): Promise<IssuedBrowserToken>;
  /** Those that still stand, newest first. */
  listBrowserTokens(principal: Principal, query: PageQuery): Promise<Page<BrowserToken>>;
  /** Takes effect at once for creates, and within a minute everywhere. */
  revokeBrowserToken(principal: Principal, tokenId: string): Promise<void>;

  /** For the operator: opens an account and issues its first token. */
  open(request: OpenAccountRequest): Promise<AccountToken>;
  /**
   * For the operator: adds credits, once for each key.
   *
   * @throws ApiError `conflict` for an account that is unmetered; `idempotency_mismatch` for a key that has added
   *   another number
   */
  grantCredits(accountId: string, add: number, key: string | undefined): Promise<CreditsGranted>;
  /** For the operator: one more token that acts for the whole account. */
  issueAccountToken(accountId: string): Promise<AccountToken>;
  /** For the operator: revokes any token of the account. */
  revokeAccountToken(accountId: string, tokenId: string): Promise<void>;
}
