import { createMiddleware } from "hono/factory";
import { ApiError } from "./api-error.ts";
import type { AppEnv } from "./app-env.ts";

const BEARER = /^Bearer +(\S+) *$/i;

/**
 * Lets through requests whose bearer token is one of ours. What it allows, and whether it was revoked, is for the
 * routes to ask.
 *
 * @throws ApiError `unauthorized`; `forbidden` for a browser token that comes from another page than its own
 */
export const authenticate = createMiddleware<AppEnv>(async (context, next) => {
  const token = BEARER.exec(context.req.header("authorization") ?? "")?.[1];
  const principal = token
    ? await context.get("service").authenticate(token, context.req.header("origin"))
    : null;
  if (!principal) throw unauthorized();
  context.set("principal", principal);
  await next();
});

/** The answer to a token that is missing, wrong, expired or revoked. */
export function unauthorized(): ApiError {
  return new ApiError("unauthorized", undefined, {
    headers: { "WWW-Authenticate": 'Bearer realm="bluehour"' },
  });
}
