import { createHash } from "node:crypto";
import type { Diagnostics } from "@bluehour/client";
import { reasonOf } from "../worker/check-remote.ts";
import { type Finding, fault, ok, warning } from "./finding.ts";

type Probe = NonNullable<Diagnostics["probe"]>;

/** How long an address may take to answer, in milliseconds. */
const LIMIT_MS = 10_000;

/** Clocks that differ so much, in milliseconds, are worth a word. */
const SKEW_WORTH_A_WORD_MS = 30_000;

/** Receivers of webhooks refuse a timestamp that is further off: as Standard Webhooks advises, and our client does. */
const SKEW_TOLERANCE_MS = 5 * 60_000;

/** The Worker's clock against this machine's. @param now - just after the Worker said what its own was */
export function compareClocks(at: string, now: number): Finding {
  const skewMs = now - Date.parse(at);
  const seconds = Math.round(Math.abs(skewMs) / 1000);
  const message = `this machine's is ${seconds} s ${skewMs > 0 ? "ahead" : "behind"}`;
  const fix = "set this machine's clock by the network's time (NTP)";
  if (Math.abs(skewMs) > SKEW_TOLERANCE_MS) {
    return fault(
      "clock",
      `${message}: receivers here refuse webhooks, which are signed with their time`,
      fix,
    );
  }
  return Math.abs(skewMs) > SKEW_WORTH_A_WORD_MS
    ? warning("clock", message, fix)
    : ok("clock", "is the same here");
}

/**
 * Looks for the probe at the addresses that the deployment gives out. Sends no token: they may be anybody's.
 *
 * @param pageOrigin - of the playground, which reads images as every page does
 */
export async function lookForProbe(
  { public_url, images_url, probe }: Pick<Diagnostics, "public_url" | "images_url" | "probe">,
  pageOrigin: string,
  signal: AbortSignal,
): Promise<Finding[]> {
  // Without one the bucket is at fault, and has been said to be.
  if (!probe) return [];
  const looks = [
    ...(public_url === null
      ? []
      : [look("PUBLIC_URL", `${public_url}/images`, { probe, pageOrigin, signal })]),
    look("images", images_url, { probe, pageOrigin, signal }),
  ];
  return Promise.all(looks);
}

interface Look {
  readonly probe: Probe;
  readonly pageOrigin: string;
  readonly signal: AbortSignal;
}

async function look(name: string, base: string, { probe, pageOrigin, signal }: Look): Promise<Finding> {
  const isOwn = name === "PUBLIC_URL";
  const fix = isOwn
    ? "set PUBLIC_URL to an address of this Worker: its custom domain, or its workers.dev address"
    : "set PUBLIC_IMAGES_URL to a public address of the bucket IMAGES, or leave it out";
  try {
    const limit = AbortSignal.any([signal, AbortSignal.timeout(LIMIT_MS)]);
    const response = await fetch(`${base}/${probe.file}`, { headers: { origin: pageOrigin }, signal: limit });
    const bytes = new Uint8Array(await response.arrayBuffer());
    if (response.status !== 200 || createHash("sha256").update(bytes).digest("hex") !== probe.sha256) {
      const what = response.status === 200 ? "something else" : `${response.status}`;
      return fault(name, `${base} answers ${what} where an image of this deployment should be`, fix);
    }
    return isOwn ? ok(name, "is this Worker") : judgeHeaders(base, response.headers, { probe, pageOrigin });
  } catch (error) {
    signal.throwIfAborted();
    return fault(name, `${base} cannot be reached: ${reasonOf(error, LIMIT_MS)}`, fix);
  }
}

function judgeHeaders(
  base: string,
  headers: Headers,
  { probe, pageOrigin }: Pick<Look, "probe" | "pageOrigin">,
): Finding {
  const type = headers.get("content-type");
  if (type !== probe.content_type) {
    const fix = "see that nothing between the bucket and its public address changes headers";
    return fault("images", `${base} calls a PNG ${type ?? "nothing"}`, fix);
  }
  const caching = headers.get("cache-control") ?? "";
  if (!/max-age=31536000/.test(caching)) {
    const fix =
      'let the domain of the bucket respect the origin\'s Cache-Control (Caching, "Browser Cache TTL")';
    return warning("images", `${base} lets browsers keep images by "${caching}", not for a year`, fix);
  }
  const allowed = headers.get("access-control-allow-origin");
  if (new URL(base).origin !== pageOrigin && allowed !== "*" && allowed !== pageOrigin) {
    const fix = "give the bucket a CORS policy: docs/guides/deploy.md has one";
    return warning("images", `${base} lets pages of ${pageOrigin} show images, and not read them`, fix);
  }
  return ok("images", `are served by ${base}, for ever`);
}

/** Whether the page at `/` is there. */
export async function lookAtPlayground(url: string, signal: AbortSignal): Promise<Finding> {
  const limit = AbortSignal.any([signal, AbortSignal.timeout(LIMIT_MS)]);
  const response = await fetch(`${url}/`, { signal: limit }).catch(() => null);
  signal.throwIfAborted();
  await response?.body?.cancel();
  if (response?.ok && response.headers.get("content-type")?.startsWith("text/html")) {
    return ok("playground", `is at ${url}/`);
  }
  const fix = "deploy with the [build] and [assets] of wrangler.toml; without the page nothing else is amiss";
  return warning("playground", "is not there", fix);
}
