/** Gone with the tab: what a page keeps longer, a later page of this origin could read. */
const KEY = "bluehour-token";

/**
 * The token of this tab. One in the URL's fragment (`/#token=…`), which browsers send to no server, is taken and removed
 * from the address.
 */
export function readToken(): string | null {
  const given = new URLSearchParams(location.hash.slice(1)).get("token");
  if (given !== null) {
    history.replaceState(null, "", location.pathname + location.search);
    if (given) keepToken(given);
  }
  return sessionStorage.getItem(KEY);
}

export function keepToken(token: string): void {
  sessionStorage.setItem(KEY, token);
}

export function forgetToken(): void {
  sessionStorage.removeItem(KEY);
}
