import { Hono } from "hono";
import { browserTokenRequestSchema } from "../account.ts";
import { allow } from "../allow.ts";
import type { AppEnv } from "../app-env.ts";
import { jsonBody, limitBody, requireJson } from "../json-body.ts";
import { pageQuerySchema } from "../page.ts";
import { query } from "../query.ts";

/** `/v1/account`: what the account has, and the tokens it gives to front ends. */
export const accountRoutes = new Hono<AppEnv>()
  .get("/", allow("account"), async (context) => {
    const account = await context.get("service").accounts.get(context.get("principal"));
    return context.json(account, 200);
  })
  .post(
    "/tokens",
    allow("account"),
    limitBody,
    requireJson,
    jsonBody(browserTokenRequestSchema),
    async (context) => {
      const issued = await context
        .get("service")
        .accounts.issueBrowserToken(context.get("principal"), context.req.valid("json"));
      return context.json(issued, 200, { "Cache-Control": "no-store" });
    },
  )
  .get("/tokens", allow("account"), query(pageQuerySchema), async (context) => {
    const page = await context
      .get("service")
      .accounts.listBrowserTokens(context.get("principal"), context.req.valid("query"));
    return context.json(page, 200);
  })
  .delete("/tokens/:tokenId", allow("account"), async (context) => {
    await context
      .get("service")
      .accounts.revokeBrowserToken(context.get("principal"), context.req.param("tokenId"));
    return context.body(null, 204);
  });
