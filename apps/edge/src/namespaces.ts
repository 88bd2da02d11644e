import type { AccountObject } from "./accounts/account-object.ts";
import type { Bindings } from "./bindings.ts";
import type { JobObject } from "./jobs/job-object.ts";
import { log } from "./log.ts";
import { notConfigured, readSettings } from "./settings.ts";
import type { WebhookObject } from "./webhooks/webhook-object.ts";

/** A job's id is its object's id, which nobody can guess and the platform verifies. */
const JOB_ID = /^[0-9a-f]{64}$/;

/** The classes of the Durable Objects, by the names that they are bound under. */
const CLASSES = { JOBS: "JobObject", ACCOUNTS: "AccountObject", WEBHOOKS: "WebhookObject" } as const;
export type ObjectBinding = keyof typeof CLASSES;

/** How to bind what is missing. */
export function howToBind(name: ObjectBinding): string {
  const table = `[[durable_objects.bindings]] with name = "${name}" and class_name = "${CLASSES[name]}"`;
  return `put ${table} back into wrangler.toml, and deploy`;
}

export type Namespaces = ReturnType<typeof namespaces>;

/**
 * The Durable Objects, in the jurisdiction that the settings ask for. Each throws ApiError `not_configured` when it is
 * asked for and not bound: whatever does not need it goes on.
 */
export function namespaces(bindings: Bindings) {
  const { jurisdiction } = readSettings(bindings);

  function located<T extends Rpc.DurableObjectBranded>(
    name: ObjectBinding,
    // Whoever edits wrangler.toml can take it away, whatever our types say.
    namespace: DurableObjectNamespace<T> | undefined,
  ): DurableObjectNamespace<T> {
    if (!namespace) {
      const fix = howToBind(name);
      log("error", "binding missing", { binding: name, fix });
      throw notConfigured(`The binding ${name} is missing: ${fix}`);
    }
    return jurisdiction ? namespace.jurisdiction(jurisdiction) : namespace;
  }
  const jobs = () => located("JOBS", bindings.JOBS);
  const accounts = () => located("ACCOUNTS", bindings.ACCOUNTS);
  const webhooks = () => located("WEBHOOKS", bindings.WEBHOOKS);

  return {
    newJobId: (): string => jobs().newUniqueId().toString(),
    /** @returns null for an id that this deployment never issued */
    job(id: string): DurableObjectStub<JobObject> | null {
      if (!JOB_ID.test(id)) return null;
      const namespace = jobs();
      try {
        return namespace.get(namespace.idFromString(id));
      } catch {
        return null;
      }
    },
    account: (id: string): DurableObjectStub<AccountObject> => accounts().getByName(id),
    webhook: (accountId: string, id: string): DurableObjectStub<WebhookObject> =>
      webhooks().getByName(`${accountId}/${id}`),
    /** The `webhook_url` of a job. */
    webhookOfJob: (accountId: string, jobId: string): DurableObjectStub<WebhookObject> =>
      webhooks().getByName(`${accountId}/jobs/${jobId}`),
  };
}
