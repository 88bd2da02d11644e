import { Hono } from "hono";
import { allow } from "../allow.ts";
import type { AppEnv } from "../app-env.ts";
import { jsonBody, limitBody, requireJson } from "../json-body.ts";
import { pageQuerySchema } from "../page.ts";
import { query } from "../query.ts";
import { webhookRequestSchema } from "../webhook.ts";

/** `/v1/webhooks`: who is told of the account's jobs, and what became of it. */
export const webhookRoutes = new Hono<AppEnv>()
  .post("/", allow("account"), limitBody, requireJson, jsonBody(webhookRequestSchema), async (context) => {
    const request = context.req.valid("json");
    const webhook = await context.get("service").webhooks.create(context.get("principal"), request);
    return context.json(webhook, 200, { "Cache-Control": "no-store" });
  })
  .get("/", allow("account"), async (context) => {
    return context.json(await context.get("service").webhooks.list(context.get("principal")), 200);
  })
  .delete("/:id", allow("account"), async (context) => {
    await context.get("service").webhooks.delete(context.get("principal"), context.req.param("id"));
    return context.body(null, 204);
  })
  .get("/:id/deliveries", allow("account"), query(pageQuerySchema), async (context) => {
    const page = await context
      .get("service")
      .webhooks.deliveries(context.get("principal"), context.req.param("id"), context.req.valid("query"));
    return context.json(page, 200);
  })
  .post("/:id/test", allow("account"), async (context) => {
    await context.get("service").webhooks.test(context.get("principal"), context.req.param("id"));
    return context.body(null, 202);
  })
  .post("/:id/deliveries/:deliveryId/redeliver", allow("account"), async (context) => {
    const { id, deliveryId } = context.req.param();
    await context.get("service").webhooks.redeliver(context.get("principal"), id, deliveryId);
    return context.body(null, 202);
  })
  .post("/:id/rotate-secret", allow("account"), async (context) => {
    const webhook = await context
      .get("service")
      .webhooks.rotateSecret(context.get("principal"), context.req.param("id"));
    return context.json(webhook, 200, { "Cache-Control": "no-store" });
  });
