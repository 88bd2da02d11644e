/** The account that the operator's token acts on: unmetered, and open from the beginning. */
export const DEFAULT_ACCOUNT = "default";

const ACCOUNT_ID = /^(?:default|[0-9a-f]{32})$/;

/** An id that nobody can guess. */
export function newAccountId(): string {
  return crypto.getRandomValues(new Uint8Array(16)).toHex();
}

/** Whether a name can be that of an account, so that other names wake no object. */
export function isAccountId(name: string): boolean {
  return ACCOUNT_ID.test(name);
}
