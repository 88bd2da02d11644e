import { isRoute } from "@bluehour/core";
import * as z from "zod";

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

/** Vars and secrets, but for those of providers with keys. `docs/settings.md` is made of what is said here. */
export const settingsSchema = z.object({
  ADMIN_TOKEN: z.string().describe("the operator's bearer token; acts on the account `default`"),
  SIGNING_SECRET: z
    .string()
    .describe("key of the signatures that the Worker makes; changing it revokes all account tokens"),
  DEFAULT_MODEL: optional(z.string().default("sketch/default")).describe(
    "what the model `default` means: an alias or a route `provider/model`",
  ),
  MODELS: optional(modelsSchema).describe(
    "JSON that adds or overrides aliases: alias → route or list of routes to try in order",
  ),
  COMFYUI_BASE_URL: baseUrlSchema.describe("enables the provider `comfyui`: where the server is"),
  COMFYUI_WORKFLOWS: optional(workflowsSchema).describe(
    "JSON, name → workflow in ComfyUI's API format, [with placeholders](providers/comfyui.md)",
  ),
  PUBLIC_URL: baseUrlSchema.describe(
    "where this Worker is reached from outside; otherwise the request's origin. Providers that can call back do",
  ),
  PUBLIC_IMAGES_URL: baseUrlSchema.describe(
    "where the bucket is public: an R2 public bucket or custom domain; otherwise `<PUBLIC_URL>/images`",
  ),
  JOB_DEADLINE_SECONDS: optional(z.coerce.number().positive().max(86_400).default(600)).describe(
    "then a job ends as `timed_out`, refunded",
  ),
  UNKNOWN_SUBMISSION: optional(z.enum(["resubmit", "fail"]).default("resubmit")).describe(
    "when a submit's outcome is unknown: `resubmit` once, or `fail` and refund",
  ),
  RETENTION_DAYS: optional(z.coerce.number().positive().max(3650).default(30)).describe(
    "outputs and job records are deleted after it",
  ),
  RATE_LIMIT_PER_MINUTE: optional(z.coerce.number().int().min(1).max(1_000_000).default(120)).describe(
    "creates per account, see [accounts](guides/accounts.md)",
  ),
  CORS_ORIGINS: optional(z.string().default("*")).describe(
    "origins, comma-separated, that browsers may call `/v1` from",
  ),
  SKETCH_RENDER_MS: optional(z.coerce.number().min(0).max(600_000).default(800)).describe(
    "how long the built-in sketch takes, in milliseconds",
  ),
  ALLOW_PRIVATE_HOSTS: optional(z.enum(["true", "false"]).default("false")).describe(
    "lets addresses be http and private: local development and tests only, where the CLI sets it",
  ),
  JURISDICTION: optional(z.enum(["eu", "fedramp"]).optional()).describe(
    "Durable Objects in that jurisdiction; create the R2 bucket there too",
  ),
});

const apiKeySchema = optional(z.string().optional());

/** The two settings of a provider with a key. @param prefix - what their names begin with */
export function keyedSettingsSchema<Prefix extends string>(prefix: Prefix) {
  // A computed key is a string to the compiler.
  const shape = { [`${prefix}_API_KEY`]: apiKeySchema, [`${prefix}_BASE_URL`]: baseUrlSchema } as {
    readonly [Name in `${Prefix}_${"API_KEY" | "BASE_URL"}`]: typeof apiKeySchema;
  };
  return z.object(shape);
}
