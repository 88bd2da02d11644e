import { Hono } from "hono";
import { grantCreditsSchema, openAccountSchema } from "../account.ts";
import { allow } from "../allow.ts";
import type { AppEnv } from "../app-env.ts";
import { idempotencyKeyOf } from "../idempotency-key.ts";
import { jsonBody, limitBody, requireJson } from "../json-body.ts";

/** `/v1/admin`: accounts, their credits and tokens, and the deployment itself, for the operator alone. */
export const adminRoutes = new Hono<AppEnv>()
  .get("/diagnostics", allow("admin"), async (context) => {
    const found = await context.get("service").diagnose();
    return context.json(found, 200, { "Cache-Control": "no-store" });
  })
  .post("/accounts", allow("admin"), limitBody, requireJson, jsonBody(openAccountSchema), async (context) => {
    const opened = await context.get("service").accounts.open(context.req.valid("json"));
    return context.json(opened, 200, { "Cache-Control": "no-store" });
  })
  .post(
    "/accounts/:id/credits",
    allow("admin"),
    limitBody,
    requireJson,
    jsonBody(grantCreditsSchema),
    async (context) => {
      const { account, replayed } = await context
        .get("service")
        .accounts.grantCredits(
          context.req.param("id"),
          context.req.valid("json").add,
          idempotencyKeyOf(context),
        );
      if (replayed) context.header("Idempotent-Replayed", "true");
      return context.json(account, 200);
    },
  )
  .post("/accounts/:id/tokens", allow("admin"), async (context) => {
    const issued = await context.get("service").accounts.issueAccountToken(context.req.param("id"));
    return context.json(issued, 200, { "Cache-Control": "no-store" });
  })
  .delete("/accounts/:id/tokens/:tokenId", allow("admin"), async (context) => {
    const { id, tokenId } = context.req.param();
    await context.get("service").accounts.revokeAccountToken(id, tokenId);
    return context.body(null, 204);
  });
