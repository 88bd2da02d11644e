import * as z from "zod";
import { pageSchema } from "./page.ts";
import { timestampSchema } from "./timestamp.ts";

/** What a receiver can be told of jobs. */
export const WEBHOOK_EVENTS = [
  "image.started",
  "image.completed",
  "image.errored",
  "image.canceled",
] as const;
export type WebhookEvent = (typeof WEBHOOK_EVENTS)[number];

/** An address that events can be sent to; whether its host is public is for the service to say. */
export const webhookUrlSchema = z
  .url({ protocol: /^https?$/ })
  .max(2048)
  .meta({
    description: "Where events are sent: https, and a public host",
    example: "https://example.com/hook",
  });

/** Body of `POST /v1/webhooks`. */
export const webhookRequestSchema = z.object({
  url: webhookUrlSchema,
  events: z
    .array(z.enum(WEBHOOK_EVENTS))
    .min(1)
    .default([...WEBHOOK_EVENTS])
    .transform((events) => [...new Set(events)])
    .meta({ description: "What to be told; all of it if left out" }),
});
export type WebhookRequest = z.output<typeof webhookRequestSchema>;

/** An endpoint of an account. */
export const webhookSchema = z.object({
  id: z.string(),
  url: z.string(),
  events: z.array(z.enum(WEBHOOK_EVENTS)),
  status: z.enum(["active", "failing", "disabled"]).meta({
    description: "`failing`: an event could not be delivered for 24 hours; `disabled`: it answered 410",
  }),
  created_at: timestampSchema,
});
export type Webhook = z.output<typeof webhookSchema>;

/** An endpoint that was just created, or whose secret was just replaced: the secret is shown this once. */
export const webhookWithSecretSchema = webhookSchema.extend({
  secret: z.string().meta({ description: "Verifies what is delivered; begins with `whsec_`" }),
});
export type WebhookWithSecret = z.output<typeof webhookWithSecretSchema>;

/** Answer of `GET /v1/webhooks`. */
export const webhookListSchema = z.object({ items: z.array(webhookSchema) });
export type WebhookList = z.output<typeof webhookListSchema>;

/** An event on its way to an endpoint. */
const deliverySchema = z.object({
  id: z.string().meta({ description: "The `webhook-id`: the same at every try and at every endpoint" }),
  type: z.string().meta({ description: "The event, e.g. `image.completed`" }),
  job_id: z.string().nullable(),
  status: z.enum(["pending", "delivered", "failed"]),
  tries: z.int(),
  created_at: timestampSchema,
  next_try_at: timestampSchema.nullable(),
  attempts: z
    .array(
      z.object({
        at: timestampSchema,
        status: z.int().nullable().meta({ description: "HTTP status; null if there was no answer" }),
        latency_ms: z.int(),
        error: z.string().nullable(),
      }),
    )
    .meta({ description: "The latest tries, oldest first" }),
});
export type Delivery = z.output<typeof deliverySchema>;

/** Answer of `GET /v1/webhooks/{id}/deliveries`, newest first. */
export const deliveryPageSchema = pageSchema(deliverySchema);
export type DeliveryPage = z.output<typeof deliveryPageSchema>;
