import type { AccountObject } from "./accounts/account-object.ts";
import type { Bindings } from "./bindings.ts";
import type { JobObject } from "./jobs/job-object.ts";
import { readSettings } from "./settings.ts";
import type { WebhookObject } from "./webhooks/webhook-object.ts";

/** A job's id is its object's id, which nobody can guess and the platform verifies. */
const JOB_ID = /^[0-9a-f]{64}$/;

export type Namespaces = ReturnType<typeof namespaces>;

/** The Durable Objects, in the jurisdiction that the settings ask for. */
export function namespaces(bindings: Bindings) {
  const { jurisdiction } = readSettings(bindings);
  const jobs = jurisdiction ? bindings.JOBS.jurisdiction(jurisdiction) : bindings.JOBS;
  const accounts = jurisdiction ? bindings.ACCOUNTS.jurisdiction(jurisdiction) : bindings.ACCOUNTS;
  const webhooks = jurisdiction ? bindings.WEBHOOKS.jurisdiction(jurisdiction) : bindings.WEBHOOKS;
  return {
    newJobId: (): string => jobs.newUniqueId().toString(),
    /** @returns null for an id that this deployment never issued */
    job(id: string): DurableObjectStub<JobObject> | null {
      if (!JOB_ID.test(id)) return null;
      try {
        return jobs.get(jobs.idFromString(id));
      } catch {
        return null;
      }
    },
    account: (id: string): DurableObjectStub<AccountObject> => accounts.getByName(id),
    webhook: (accountId: string, id: string): DurableObjectStub<WebhookObject> =>
      webhooks.getByName(`${accountId}/${id}`),
    /** The `webhook_url` of a job. */
    webhookOfJob: (accountId: string, jobId: string): DurableObjectStub<WebhookObject> =>
      webhooks.getByName(`${accountId}/jobs/${jobId}`),
  };
}
