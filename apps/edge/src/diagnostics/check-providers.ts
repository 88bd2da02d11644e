import type { Diagnostic } from "@bluehour/contract";
import { type Provider, type ProviderContext, ProviderError } from "@bluehour/core";
import { describeError } from "../log.ts";
import { outboundFetch } from "../outbound/outbound-fetch.ts";
import { KEYED_PROVIDERS } from "../provider-registry.ts";
import { register } from "../providers.ts";
import type { Settings } from "../settings.ts";
import { fault, ok, warning } from "./verdict.ts";

/** How long a provider may take to say whether it takes the key, in milliseconds. */
const LIMIT_MS = 10_000;

/**
 * Asks each provider that is configured whether it takes its key, where that costs nothing.
 *
 * @param isPublic - whether strangers can reach the Worker: on one's own machine the sketch may be all there is
 */
export async function checkProviders(
  settings: Settings,
  { isPublic, now }: { isPublic: boolean; now: () => number },
): Promise<Diagnostic[]> {
  const registry = Object.entries(register(settings)).filter(([id]) => id !== "sketch");
  const ready = registry.flatMap(([, known]) => ("provider" in known ? [known.provider] : []));
  const missing = registry.flatMap(([, known]) => ("missing" in known ? known.missing : []));
  const summary =
    isPublic && ready.length === 0
      ? warning(
          "providers",
          "none is set: only the built-in sketch paints",
          `set one of ${missing.join(", ")}`,
        )
      : ok(
          "providers",
          missing.length > 0 ? `more would be there with ${missing.join(", ")}` : "all are set",
        );
  const context = {
    fetch: outboundFetch(settings.allowPrivateHosts),
    now,
    signal: AbortSignal.timeout(LIMIT_MS),
    idempotencyKey: "diagnostics",
  };
  return [summary, ...(await Promise.all(ready.map((provider) => checkProvider(provider, context))))];
}

async function checkProvider(provider: Provider, context: ProviderContext): Promise<Diagnostic> {
  const name = `provider ${provider.id}`;
  if (!provider.check) return ok(name, "is set; not checked, since every call of it costs");
  try {
    await provider.check(context);
    return ok(name, prefixOf(provider.id) ? "takes the key" : "answers");
  } catch (error) {
    return judge(provider.id, error);
  }
}

function judge(id: string, error: unknown): Diagnostic {
  const name = `provider ${id}`;
  const key = `${prefixOf(id)}_API_KEY`;
  const message = error instanceof ProviderError ? error.message : describeError(error);
  switch (error instanceof ProviderError ? error.kind : "unavailable") {
    case "unauthorized":
      return fault(name, message, `put a key that is good into ${key}: wrangler secret put ${key}`);
    case "unavailable":
      return fault(name, message, "see whether the service is down, or a _BASE_URL wrong");
    default:
      return warning(
        name,
        `not known whether the key is good: ${message}`,
        "look again later, or paint with it",
      );
  }
}

/** @returns undefined for a provider without a key */
function prefixOf(id: string): string | undefined {
  return Object.entries(KEYED_PROVIDERS).find(([known]) => known === id)?.[1][0];
}
