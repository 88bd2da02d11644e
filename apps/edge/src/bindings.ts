import type { AccountObject } from "./accounts/account-object.ts";
import type { JobObject } from "./jobs/job-object.ts";
import type { ProviderVars } from "./provider-registry.ts";
import type { WebhookObject } from "./webhooks/webhook-object.ts";

/** What wrangler.toml binds, and the vars and secrets of an operator, still unread text. */
export interface Bindings extends ProviderVars {
  readonly JOBS: DurableObjectNamespace<JobObject>;
  readonly ACCOUNTS: DurableObjectNamespace<AccountObject>;
  readonly WEBHOOKS: DurableObjectNamespace<WebhookObject>;
  readonly IMAGES: R2Bucket;
  /** Workers AI, where wrangler.toml binds it. */
  readonly AI?: Ai;
  readonly ADMIN_TOKEN?: string;
  readonly SIGNING_SECRET?: string;
  readonly DEFAULT_MODEL?: string;
  readonly MODELS?: string;
  readonly COMFYUI_BASE_URL?: string;
  readonly COMFYUI_WORKFLOWS?: string;
  readonly PUBLIC_URL?: string;
  readonly PUBLIC_IMAGES_URL?: string;
  readonly JOB_DEADLINE_SECONDS?: string;
  readonly UNKNOWN_SUBMISSION?: string;
  readonly RETENTION_DAYS?: string;
  readonly RATE_LIMIT_PER_MINUTE?: string;
  readonly CORS_ORIGINS?: string;
  readonly SKETCH_RENDER_MS?: string;
  readonly ALLOW_PRIVATE_HOSTS?: string;
  readonly JURISDICTION?: string;
}
