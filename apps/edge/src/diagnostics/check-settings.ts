import type { Diagnostic, Model } from "@bluehour/contract";
import { isPublicUrl } from "../outbound/host-guard.ts";
import type { Settings } from "../settings.ts";
import { fault, ok, warning } from "./verdict.ts";

/**
 * Settings that are well-formed, and contradict each other or the place they are in.
 *
 * @param models - what these settings make of the catalogue
 * @param isPublic - whether strangers can reach the Worker
 */
export function checkSettings(settings: Settings, models: readonly Model[], isPublic: boolean): Diagnostic[] {
  const defaultModel = models.find(({ id }) => id === "default");
  return [
    checkDefaultModel(settings, defaultModel, isPublic),
    ...checkModels(settings, models),
    ...checkDeadline(settings, defaultModel),
    ...(isPublic ? checkPublic(settings) : []),
    ...checkOrigins(settings, isPublic),
    ...checkJurisdiction(settings),
  ];
}

function checkDefaultModel(
  { defaultModel }: Settings,
  model: Model | undefined,
  isPublic: boolean,
): Diagnostic {
  const name = "DEFAULT_MODEL";
  if (!model) {
    return fault(name, `"${defaultModel}" is no model`, "name an alias of GET /v1/models, or provider/model");
  }
  if (!model.available) {
    const set = model.missing.length > 0 ? `set ${model.missing.join(" or ")}, or ` : "";
    const message = `"${defaultModel}" is not available: jobs without a model are refused`;
    return fault(name, message, `${set}name another`);
  }
  if (isPublic && model.providers[0] === "sketch") {
    const fix = "set a provider's key, and DEFAULT_MODEL to one of its models";
    return warning(name, "is the built-in sketch, which is no AI model", fix);
  }
  return ok(name, `"${defaultModel}" is available`);
}

function checkModels({ models }: Settings, described: readonly Model[]): Diagnostic[] {
  const idle = described.filter(({ id, available }) => Object.hasOwn(models, id) && !available);
  return idle.map(({ id, missing }) => {
    const fix = missing.length > 0 ? `set ${missing.join(" or ")}` : "name providers that there are";
    return warning("MODELS", `none of the routes of "${id}" is available`, fix);
  });
}

function checkDeadline({ jobDeadlineMs }: Settings, model: Model | undefined): Diagnostic[] {
  const typicalMs = model?.typical_ms ?? 0;
  if (jobDeadlineMs >= typicalMs) return [];
  const message = `ends jobs after ${jobDeadlineMs / 1000} s, and the default model takes ${typicalMs / 1000} s`;
  return [warning("JOB_DEADLINE_SECONDS", message, "give jobs more time")];
}

/** What only matters where strangers, and providers, can reach the Worker. */
function checkPublic({ allowPrivateHosts, publicUrl, publicImagesUrl }: Settings): Diagnostic[] {
  const checks: Diagnostic[] = [];
  if (allowPrivateHosts) {
    const message = "lets callers name private hosts, on a Worker that strangers can reach";
    checks.push(fault("ALLOW_PRIVATE_HOSTS", message, "take it out of the vars: it is for development"));
  }
  if (publicUrl === undefined) {
    const message = "is not set: providers are polled, and cannot call back";
    checks.push(warning("PUBLIC_URL", message, "set it to the address that this Worker is reached at"));
  }
  for (const [name, url] of [
    ["PUBLIC_URL", publicUrl],
    ["PUBLIC_IMAGES_URL", publicImagesUrl],
  ] as const) {
    if (url !== undefined && !isPublicUrl(new URL(url))) {
      checks.push(fault(name, `${url} is not https, or is a private host`, "name a public https address"));
    }
  }
  return checks;
}

function checkOrigins({ corsOrigins }: Settings, isPublic: boolean): Diagnostic[] {
  const name = "CORS_ORIGINS";
  if (corsOrigins === "*") {
    if (!isPublic) return [];
    const fix = "name the origins of your front ends, if it is only they who call from browsers";
    return [warning(name, "any page may call with a token that it has", fix)];
  }
  return [corsOrigins]
    .flat()
    .filter((origin) => URL.parse(origin)?.origin !== origin)
    .map((origin) => fault(name, `"${origin}" matches no page`, "write it as https://shop.example"));
}

function checkJurisdiction({ jurisdiction }: Settings): Diagnostic[] {
  if (!jurisdiction) return [];
  const message = `objects are in ${jurisdiction}; where the bucket is cannot be seen from inside`;
  return [ok("JURISDICTION", `${message}: wrangler r2 bucket list --jurisdiction ${jurisdiction}`)];
}
