import { ApiError, type Webhook, type WebhookService } from "@bluehour/contract";
import type { RegisteredWebhook } from "../accounts/webhook-register.ts";
import type { Namespaces } from "../namespaces.ts";
import { isPublicUrl } from "../outbound/host-guard.ts";
import type { Settings } from "../settings.ts";
import { toTimestamp } from "../timestamp.ts";
import type { Delivery } from "./delivery-queue.ts";
import type { Endpoint } from "./webhook-object.ts";
import { newWebhookSecret } from "./webhook-signature.ts";

/** Endpoints on Cloudflare: the account knows which there are, and an object of its own knows each. */
export function createWebhookService(objects: Namespaces, settings: Settings): WebhookService {
  /** An endpoint of the account. @throws ApiError `not_found` */
  async function find(accountId: string, id: string) {
    const registered = (await objects.account(accountId).webhooks()).find((webhook) => webhook.id === id);
    if (!registered) throw new ApiError("not_found");
    return { registered, receiver: objects.webhook(accountId, id) };
  }
  const describe = async (accountId: string, registered: RegisteredWebhook): Promise<Webhook> => {
    const known = await objects.webhook(accountId, registered.id).describe();
    return toWebhook(registered, known?.state ?? "active");
  };

  return {
    async create({ accountId }, { url, events }) {
      checkReceiver(url, settings);
      const createdAt = Date.now();
      const registered = { id: newWebhookId(), url, events, createdAt };
      const secret = newWebhookSecret();
      // Opened first: from its registration on it may be told of jobs.
      await objects.webhook(accountId, registered.id).open({ url, secret, forgetAt: null });
      if (!(await objects.account(accountId).addWebhook(registered))) {
        await objects.webhook(accountId, registered.id).close();
        throw new ApiError(
          "unprocessable",
          "The account has as many webhooks as it may have: delete one first",
        );
      }
      return { ...toWebhook(registered, "active"), secret };
    },

    async list({ accountId }) {
      const registered = await objects.account(accountId).webhooks();
      return { items: await Promise.all(registered.map((webhook) => describe(accountId, webhook))) };
    },

    async delete({ accountId }, id) {
      const { receiver } = await find(accountId, id);
      await objects.account(accountId).removeWebhook(id);
      await receiver.close();
    },

    async deliveries({ accountId }, id, { limit, cursor }) {
      const { receiver } = await find(accountId, id);
      const deliveries = await receiver.deliveries(limit + 1, cursor ?? null);
      const items = deliveries.slice(0, limit).map(toDelivery);
      return { items, next_cursor: deliveries.length > limit ? (items.at(-1)?.id ?? null) : null };
    },

    async test({ accountId }, id) {
      const { receiver } = await find(accountId, id);
      const body = JSON.stringify({ type: "webhook.test", payload: { webhook_id: id } });
      const eventId = `evt_test_${crypto.randomUUID()}`;
      await receiver.tell({ id: eventId, jobId: null, type: "webhook.test", body });
    },

    async redeliver({ accountId }, id, deliveryId) {
      const { receiver } = await find(accountId, id);
      if (!(await receiver.redeliver(deliveryId))) throw new ApiError("not_found");
    },

    async rotateSecret({ accountId }, id) {
      const { registered, receiver } = await find(accountId, id);
      const secret = newWebhookSecret();
      await receiver.rotate(secret);
      return { ...(await describe(accountId, registered)), secret };
    },
  };
}

/** @throws ApiError `unprocessable` for an address that events must not be sent to */
export function checkReceiver(address: string, { allowPrivateHosts }: Settings): void {
  if (allowPrivateHosts || isPublicUrl(new URL(address))) return;
  throw new ApiError("unprocessable", `Events cannot be sent to '${address}': use https and a public host`);
}

function newWebhookId(): string {
  return `wh_${crypto.getRandomValues(new Uint8Array(12)).toHex()}`;
}

function toWebhook({ id, url, events, createdAt }: RegisteredWebhook, status: Endpoint["state"]): Webhook {
  return { id, url, events: [...events], status, created_at: toTimestamp(createdAt) };
}

function toDelivery({ id, type, jobId, status, tries, createdAt, nextTryAt, attempts }: Delivery) {
  return {
    id,
    type,
    job_id: jobId,
    status,
    tries,
    created_at: toTimestamp(createdAt),
    next_try_at: nextTryAt === null ? null : toTimestamp(nextTryAt),
    attempts: attempts.map((attempt) => ({
      at: toTimestamp(attempt.at),
      status: attempt.status,
      latency_ms: attempt.latencyMs,
      error: attempt.error,
    })),
  };
}
