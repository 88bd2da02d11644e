import * as z from "zod";
import { type Page, pageSchema } from "./page.ts";
import { timestampSchema } from "./timestamp.ts";

/** What a receiver can be told of jobs. */
export const WEBHOOK_EVENTS = [
  "image.started",
  "image.completed",
  "image.errored",
  "image.canceled",
] as const;
export type WebhookEvent = (typeof WEBHOOK_EVENTS)[number];

/** What a caller sends to create an endpoint. */
export interface WebhookInput {
  /** Where events are sent: https, and a public host. */
  url: string;
  /** What to be told. Default: all of it. */
  events?: WebhookEvent[] | undefined;
}

/** An endpoint of an account. */
export interface Webhook {
  /** Names the endpoint in every other call. */
  id: string;
  /** Where events are sent. */
  url: string;
  /** What it is told. */
  events: WebhookEvent[];
  /** `failing`: an event could not be delivered for 24 hours; `disabled`: it answered 410. */
  status: "active" | "failing" | "disabled";
  /** ISO 8601, UTC. */
  created_at: string;
}

/** An endpoint that was just created, or whose secret was just replaced. */
export interface WebhookWithSecret extends Webhook {
  /** Verifies what is delivered; begins with `whsec_`. Shown this once. */
  secret: string;
}

/** Answer of `GET /v1/webhooks`. */
export interface WebhookList {
  /** All there are. */
  items: Webhook[];
}

/** An event on its way to an endpoint. */
export interface Delivery {
  /** The `webhook-id`: the same at every try and at every endpoint. */
  id: string;
  /** The event: `image.completed`, or `webhook.test`. */
  type: string;
  /** The job it tells of; null for a test. */
  job_id: string | null;
  /** `failed`: given up after 24 hours, or the endpoint answered 410. */
  status: "pending" | "delivered" | "failed";
  /** Tries so far. */
  tries: number;
  /** ISO 8601, UTC. */
  created_at: string;
  /** When it is tried again: ISO 8601, UTC; null when it is not. */
  next_try_at: string | null;
  /** The latest tries, oldest first. */
  attempts: {
    /** ISO 8601, UTC. */
    at: string;
    /** HTTP status; null if there was no answer. */
    status: number | null;
    /** How long the endpoint took, in milliseconds. */
    latency_ms: number;
    /** Why it does not count as received; null if it does. */
    error: string | null;
  }[];
}

/** Answer of `GET /v1/webhooks/{id}/deliveries`, newest first. */
export type DeliveryPage = Page<Delivery>;

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

export const webhookSchema = z.object({
  id: z.string(),
  url: z.string(),
  events: z.array(z.enum(WEBHOOK_EVENTS)),
  status: z.enum(["active", "failing", "disabled"]).meta({
    description: "`failing`: an event could not be delivered for 24 hours; `disabled`: it answered 410",
  }),
  created_at: timestampSchema,
}) satisfies z.ZodType<Webhook>;

export const webhookWithSecretSchema = webhookSchema.extend({
  secret: z.string().meta({ description: "Verifies what is delivered; begins with `whsec_`" }),
}) satisfies z.ZodType<WebhookWithSecret>;

export const webhookListSchema = z.object({
  items: z.array(webhookSchema),
}) satisfies z.ZodType<WebhookList>;

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
}) satisfies z.ZodType<Delivery>;

export const deliveryPageSchema = pageSchema(deliverySchema) satisfies z.ZodType<DeliveryPage>;
