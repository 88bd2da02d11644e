/** What a token can allow that a front end may hold. */
export const BROWSER_SCOPES = ["generate", "read", "upload"] as const;

/** What an account's own token allows: everything within the account, and `account` to manage its tokens. */
export const ACCOUNT_SCOPES = [...BROWSER_SCOPES, "account"] as const;

/** Everything there is to allow; `admin` is the operator's alone. */
export const ALL_SCOPES = [...ACCOUNT_SCOPES, "admin"] as const;

export type BrowserScope = (typeof BROWSER_SCOPES)[number];
export type Scope = (typeof ALL_SCOPES)[number];

/** Who is asking: the account whose token came with the request, and what that token allows. */
export interface Principal {
  readonly accountId: string;
  /** Null for the operator, whose token is a setting. */
  readonly tokenId: string | null;
  readonly scopes: readonly Scope[];
  /** Sees and touches only the jobs that this very token created. */
  readonly confined: boolean;
}
