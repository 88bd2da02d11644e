import { ApiError } from "@bluehour/contract";
import type { Json } from "@bluehour/core";
import type * as z from "zod";
import type { Bindings } from "./bindings.ts";
import { KEYED_PROVIDERS, type KeyedProviderId } from "./provider-registry.ts";
import { keyedSettingsSchema, settingsSchema } from "./settings-schema.ts";

const DAY_MS = 86_400_000;

/** What a provider that needs a key is built from. */
interface ProviderSettings {
  readonly apiKey: string | undefined;
  /** Another address of the same API. */
  readonly baseUrl: string | undefined;
}

/** What an operator decided, read and checked. Durations in milliseconds. */
export interface Settings {
  readonly adminToken: string;
  readonly signingSecret: string;
  readonly defaultModel: string;
  readonly models: Readonly<Record<string, readonly string[]>>;
  readonly providers: Readonly<Record<KeyedProviderId, ProviderSettings>>;
  readonly comfyui: {
    readonly baseUrl: string | undefined;
    readonly workflows: Readonly<Record<string, Readonly<Record<string, Json>>>>;
  };
  /** Workers AI's binding. */
  readonly ai: Ai | undefined;
  readonly publicUrl: string | undefined;
  readonly publicImagesUrl: string | undefined;
  readonly jobDeadlineMs: number;
  readonly unknownSubmission: "resubmit" | "fail";
  readonly retentionMs: number;
  /** Creates per account. */
  readonly rateLimitPerMinute: number;
  readonly corsOrigins: string | string[];
  readonly sketchRenderMs: number;
  readonly allowPrivateHosts: boolean;
  readonly jurisdiction: DurableObjectJurisdiction | undefined;
}

/** Bindings stay the same object for as long as an isolate lives. */
const known = new WeakMap<Bindings, Settings>();

/**
 * Reads the settings.
 *
 * @throws ApiError `not_configured`, naming the vars that are missing or wrong, never their values
 */
export function readSettings(bindings: Bindings): Settings {
  const before = known.get(bindings);
  if (before) return before;
  const missing = (["ADMIN_TOKEN", "SIGNING_SECRET"] as const).filter((name) => !bindings[name]);
  if (missing.length > 0) {
    throw notConfigured(
      `${missing.join(" and ")} ${missing.length > 1 ? "are" : "is"} not set: run "wrangler secret put ${missing[0]}"`,
    );
  }
  const settings: Settings = {
    ...toSettings(parse(settingsSchema, bindings)),
    providers: providerSettings(bindings),
    ai: bindings.AI,
  };
  known.set(bindings, settings);
  return settings;
}

function parse<T>(schema: z.ZodType<T>, bindings: Bindings): T {
  const parsed = schema.safeParse(bindings);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`);
  throw notConfigured(`The settings are wrong: ${faults.join("; ")}`);
}

function providerSettings(bindings: Bindings): Settings["providers"] {
  const entries = Object.entries(KEYED_PROVIDERS).map(([id, [prefix]]) => {
    const vars = parse(keyedSettingsSchema(prefix), bindings);
    return [id, { apiKey: vars[`${prefix}_API_KEY`], baseUrl: vars[`${prefix}_BASE_URL`] }];
  });
  // `Object.fromEntries` forgets what the keys are called.
  return Object.fromEntries(entries) as Settings["providers"];
}

function toSettings(vars: z.output<typeof settingsSchema>): Omit<Settings, "providers" | "ai"> {
  return {
    adminToken: vars.ADMIN_TOKEN,
    signingSecret: vars.SIGNING_SECRET,
    defaultModel: vars.DEFAULT_MODEL,
    models: vars.MODELS,
    comfyui: { baseUrl: vars.COMFYUI_BASE_URL, workflows: vars.COMFYUI_WORKFLOWS },
    publicUrl: vars.PUBLIC_URL,
    publicImagesUrl: vars.PUBLIC_IMAGES_URL,
    jobDeadlineMs: vars.JOB_DEADLINE_SECONDS * 1000,
    unknownSubmission: vars.UNKNOWN_SUBMISSION,
    retentionMs: vars.RETENTION_DAYS * DAY_MS,
    rateLimitPerMinute: vars.RATE_LIMIT_PER_MINUTE,
    corsOrigins:
      vars.CORS_ORIGINS === "*" ? "*" : vars.CORS_ORIGINS.split(",").map((origin) => origin.trim()),
    sketchRenderMs: vars.SKETCH_RENDER_MS,
    allowPrivateHosts: vars.ALLOW_PRIVATE_HOSTS === "true",
    jurisdiction: vars.JURISDICTION,
  };
}

/** The error of a deployment that lacks something. @param message - says what, and how to set it */
export function notConfigured(message: string): ApiError {
  return new ApiError("not_configured", message, { headers: { "Retry-After": "30" } });
}
