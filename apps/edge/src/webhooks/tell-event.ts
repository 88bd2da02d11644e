import type { JobOrder, JobSummary, WebhookEvent } from "@bluehour/core";
import type { Namespaces } from "../namespaces.ts";
import { toProject } from "../project.ts";
import type { Settings } from "../settings.ts";
import { sign } from "../signing.ts";
import { webhookSecretOf } from "./webhook-signature.ts";

/** Hands an event of a job over to everyone who wants to hear of it. Idempotent: its id is that of job and event. */
export async function tellEvent(
  order: JobOrder,
  { event, job }: { event: WebhookEvent; job: JobSummary },
  objects: Namespaces,
  settings: Settings,
): Promise<void> {
  const news = {
    id: `evt_${order.id}_${event.replace("image.", "")}`,
    jobId: order.id,
    type: event,
    body: JSON.stringify({ type: event, payload: toProject(job, order.imagesUrl) }),
  };
  const listeners = order.webhooks.filter(({ events }) => events.includes(event));
  const told = listeners.map(({ id }) => objects.webhook(order.accountId, id).tell(news));
  if (order.webhookUrl !== null) {
    const receiver = objects.webhookOfJob(order.accountId, order.id);
    await receiver.open({
      url: order.webhookUrl,
      secret: await jobWebhookSecret(settings, order.accountId),
      forgetAt: order.createdAt + order.retentionMs,
    });
    told.push(receiver.tell(news));
  }
  await Promise.all(told);
}

/**
 * The secret that events to a `webhook_url` are signed with: the same for all jobs of an account, so that a receiver
 * needs no memory of single jobs.
 */
export async function jobWebhookSecret({ signingSecret }: Settings, accountId: string): Promise<string> {
  const signature = await sign(signingSecret, "webhook", accountId);
  return webhookSecretOf(Uint8Array.fromBase64(signature, { alphabet: "base64url" }));
}
