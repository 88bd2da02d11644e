import { ApiError } from "@bluehour/contract";
import { isRoute, type Json } from "@bluehour/core";
import * as z from "zod";
import type { Bindings } from "./bindings.ts";
import { KEYED_PROVIDERS, type KeyedProviderId } from "./provider-registry.ts";

const DAY_MS = 86_400_000;

/** A var that is set to nothing is a var that is not set. */
function optional<T extends z.ZodType>(schema: T) {
  return z.preprocess((value) => (value === "" ? undefined : value), schema);
}

const baseUrlSchema = optional(
  z
    .url({ protocol: /^https?$/ })
    .transform((url) => url.replace(/\/+$/, ""))
    .optional(),
);

/** Text that holds JSON. */
const jsonSchema = z
  .string()
  .default("{}")
  .transform((text, context): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      context.addIssue({ code: "custom", message: "must be JSON" });
      return z.NEVER;
    }
  });

const modelsSchema = jsonSchema.pipe(
  z.record(
    z.string().min(1),
    z
      .union([z.string().transform((route) => [route]), z.array(z.string()).min(1)])
      .refine((routes) => routes.every(isRoute), "must be routes of the form provider/model"),
  ),
);

/** By name: graphs as ComfyUI exports them in its API format. */
const workflowsSchema = jsonSchema.pipe(
  z.record(z.string().min(1), z.record(z.string(), z.json(), "must be a graph in API format")),
);

const apiKeySchema = optional(z.string().optional());

const settingsSchema = z.object({
  ADMIN_TOKEN: z.string(),
  SIGNING_SECRET: z.string(),
  DEFAULT_MODEL: optional(z.string().default("sketch/default")),
  MODELS: optional(modelsSchema),
  COMFYUI_BASE_URL: baseUrlSchema,
  COMFYUI_WORKFLOWS: optional(workflowsSchema),
  PUBLIC_URL: baseUrlSchema,
  PUBLIC_IMAGES_URL: baseUrlSchema,
  JOB_DEADLINE_SECONDS: optional(z.coerce.number().positive().max(86_400).default(600)),
  UNKNOWN_SUBMISSION: optional(z.enum(["resubmit", "fail"]).default("resubmit")),
  RETENTION_DAYS: optional(z.coerce.number().positive().max(3650).default(30)),
  RATE_LIMIT_PER_MINUTE: optional(z.coerce.number().int().min(1).max(1_000_000).default(120)),
  CORS_ORIGINS: optional(z.string().default("*")),
  SKETCH_RENDER_MS: optional(z.coerce.number().min(0).max(600_000).default(800)),
  ALLOW_PRIVATE_HOSTS: optional(z.enum(["true", "false"]).default("false")),
  JURISDICTION: optional(z.enum(["eu", "fedramp"]).optional()),
});

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
    const [key, url] = [`${prefix}_API_KEY`, `${prefix}_BASE_URL`] as const;
    const vars = parse(z.object({ [key]: apiKeySchema, [url]: baseUrlSchema }), bindings);
    return [id, { apiKey: vars[key], baseUrl: vars[url] }];
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

function notConfigured(message: string): ApiError {
  return new ApiError("not_configured", message, { headers: { "Retry-After": "30" } });
}
