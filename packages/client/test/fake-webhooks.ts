import { ApiError, type Webhook, type WebhookService } from "@bluehour/contract";

/** Webhooks in memory, that deliver nothing. */
export function fakeWebhooks() {
  const known = new Map<string, Webhook>();
  const calls: string[] = [];
  const find = (id: string) => {
    const webhook = known.get(id);
    if (!webhook) throw new ApiError("not_found");
    return webhook;
  };
  const service: WebhookService = {
    create: async (_principal, { url, events }) => {
      const id = `wh_${known.size + 1}`;
      const webhook: Webhook = { id, url, events, status: "active", created_at: "2026-01-01T00:00:00.000Z" };
      known.set(id, webhook);
      return { ...webhook, secret: "whsec_first" };
    },
    list: async () => ({ items: [...known.values()] }),
    delete: async (_principal, id) => void known.delete(find(id).id),
    deliveries: async (_principal, id, { limit, cursor }) => {
      find(id);
      const delivery = {
        id: `evt_${cursor ?? "newest"}_${limit}`,
        type: "image.completed",
        job_id: "job1",
        status: "delivered" as const,
        tries: 1,
        created_at: "2026-01-01T00:00:00.000Z",
        next_try_at: null,
        attempts: [{ at: "2026-01-01T00:00:00.000Z", status: 204, latency_ms: 20, error: null }],
      };
      return { items: [delivery], next_cursor: null };
    },
    test: async (_principal, id) => void calls.push(`test ${find(id).id}`),
    redeliver: async (_principal, id, deliveryId) =>
      void calls.push(`redeliver ${deliveryId} to ${find(id).id}`),
    rotateSecret: async (_principal, id) => ({ ...find(id), secret: "whsec_second" }),
  };
  return { service, calls };
}
