import { ProviderError } from "@bluehour/core";
import { isPublicUrl } from "./host-guard.ts";

const MAX_REDIRECTS = 5;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/** Headers that are safe to take along to another host. */
const PORTABLE_HEADERS = new Set(["accept", "range", "user-agent"]);

/**
 * The one way out of the Worker: checks every host on the way, redirects too, and never takes a credential to a
 * host other than the first. Follows redirects of GETs only, and of those that do not ask for `manual`.
 *
 * @param allowPrivate - the setting `ALLOW_PRIVATE_HOSTS`
 */
export function outboundFetch(allowPrivate: boolean) {
  return async (address: string, init: RequestInit = {}): Promise<Response> => {
    let url = new URL(address);
    let options: RequestInit = { ...init, redirect: "manual" };
    for (let hop = 0; ; hop++) {
      if (!allowPrivate && !isPublicUrl(url))
        throw refused(`The host of ${url.origin} is private or not https`);
      const response = await fetch(url, options);
      const location = response.headers.get("location");
      if (init.redirect === "manual" || !REDIRECTS.has(response.status) || !location) return response;
      await response.body?.cancel();
      if ((options.method ?? "GET") !== "GET")
        throw refused(`${url.origin} redirects a request that is not a GET`);
      if (hop >= MAX_REDIRECTS) throw refused(`${url.origin} redirects too often`);
      const next = new URL(location, url);
      if (next.origin !== url.origin) options = { ...options, headers: portable(options.headers) };
      url = next;
    }
  };
}

function portable(headers: RequestInit["headers"]): Headers {
  const kept = new Headers();
  new Headers(headers).forEach((value, name) => {
    if (PORTABLE_HEADERS.has(name)) kept.set(name, value);
  });
  return kept;
}

function refused(message: string): ProviderError {
  return new ProviderError("unavailable", message);
}
