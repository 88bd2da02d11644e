import {
  deliveryPageSchema,
  webhookListSchema,
  webhookRequestSchema,
  webhookWithSecretSchema,
} from "../webhook.ts";
import type { Operation } from "./operation.ts";
import { PAGE_PARAMETERS } from "./page-parameters.ts";

const WEBHOOK = {
  id: "wh_5f0c9f656f2f4c1f0a117a3b",
  url: "https://example.com/hook",
  events: ["image.completed" as const],
  status: "active" as const,
  created_at: "2026-11-23T08:00:00.000Z",
};
const WITH_SECRET = { ...WEBHOOK, secret: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw" };

/** Endpoints that are told of the account's jobs. */
export const WEBHOOK_OPERATIONS: readonly Operation[] = [
  {
    method: "post",
    path: "/v1/webhooks",
    id: "createWebhook",
    tag: "Webhooks",
    summary: "Have an endpoint told of jobs",
    description:
      "Events are POSTed as `{type, payload}`, the payload being the project as GET gives it, with the headers of Standard Webhooks and of Magic Hour. They are tried for 24 hours.",
    body: {
      schema: webhookRequestSchema,
      example: { url: WEBHOOK.url, events: ["image.completed"] },
    },
    answers: [
      {
        status: 200,
        description: "The endpoint, with its secret: it is shown this once",
        content: { schema: webhookWithSecretSchema, example: WITH_SECRET },
      },
    ],
    errors: [400, 403, 413, 415, 422],
  },
  {
    method: "get",
    path: "/v1/webhooks",
    id: "listWebhooks",
    tag: "Webhooks",
    summary: "List endpoints",
    answers: [
      {
        status: 200,
        description: "Oldest first",
        content: { schema: webhookListSchema, example: { items: [WEBHOOK] } },
      },
    ],
    errors: [403],
  },
  {
    method: "delete",
    path: "/v1/webhooks/{id}",
    id: "deleteWebhook",
    tag: "Webhooks",
    summary: "Remove an endpoint, and what it has not been told yet",
    answers: [{ status: 204, description: "Removed" }],
    errors: [403, 404],
  },
  {
    method: "get",
    path: "/v1/webhooks/{id}/deliveries",
    id: "listDeliveries",
    tag: "Webhooks",
    summary: "What an endpoint was told, and how that went",
    parameters: PAGE_PARAMETERS,
    answers: [
      {
        status: 200,
        description: "Newest first; the latest thousand are remembered",
        content: {
          schema: deliveryPageSchema,
          example: {
            items: [
              {
                id: "evt_7ce1d00d_completed",
                type: "image.completed",
                job_id: "7ce1d00d",
                status: "delivered",
                tries: 1,
                created_at: WEBHOOK.created_at,
                next_try_at: null,
                attempts: [{ at: WEBHOOK.created_at, status: 200, latency_ms: 87, error: null }],
              },
            ],
            next_cursor: null,
          },
        },
      },
    ],
    errors: [400, 403, 404],
  },
  {
    method: "post",
    path: "/v1/webhooks/{id}/test",
    id: "testWebhook",
    tag: "Webhooks",
    summary: "Send an endpoint a test event",
    answers: [{ status: 202, description: "On its way; see its deliveries" }],
    errors: [403, 404],
  },
  {
    method: "post",
    path: "/v1/webhooks/{id}/deliveries/{deliveryId}/redeliver",
    id: "redeliver",
    tag: "Webhooks",
    summary: "Send an event once more, under its old id",
    answers: [{ status: 202, description: "On its way; see its deliveries" }],
    errors: [403, 404],
  },
  {
    method: "post",
    path: "/v1/webhooks/{id}/rotate-secret",
    id: "rotateWebhookSecret",
    tag: "Webhooks",
    summary: "Replace the secret of an endpoint",
    description: "For 24 hours events carry a Standard Webhooks signature of the old secret too.",
    answers: [
      {
        status: 200,
        description: "The endpoint, with its new secret: it is shown this once",
        content: { schema: webhookWithSecretSchema, example: WITH_SECRET },
      },
    ],
    errors: [403, 404],
  },
];
