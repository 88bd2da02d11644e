import ipaddr from "ipaddr.js";

/** Names that resolve to the machine itself or to its network. */
const PRIVATE_NAME = /(^|\.)(localhost|local|internal|home\.arpa)\.?$/i;

/**
 * Whether a URL may be fetched on behalf of somebody who named it: https, and a host that is not private, loopback or
 * link-local by its name or address.
 *
 * A public name that resolves to a private address cannot be told from here; Cloudflare's network has no route to
 * such an address.
 */
export function isPublicUrl(url: URL): boolean {
  if (url.protocol !== "https:" || url.username !== "" || url.password !== "") return false;
  const host = url.hostname.replace(/^\[|\]$/g, "");
  if (PRIVATE_NAME.test(host)) return false;
  // `process` also unwraps IPv4 addresses that are mapped into IPv6.
  return ipaddr.isValid(host) ? ipaddr.process(host).range() === "unicast" : host.includes(".");
}
