import { createMiddleware } from "hono/factory";
import { ApiError } from "./api-error.ts";
import type { AppEnv } from "./app-env.ts";

const BEARER = /^Bearer +(\S+) *$/i;

/** Lets through requests whose bearer token opens an account. @throws ApiError `unauthorized` */
export const authenticate = createMiddleware<AppEnv>(async (context, next) => {
  const token = BEARER.exec(context.req.header("authorization") ?? "")?.[1];
  const principal = token ? await context.get("service").authenticate(token) : null;
  if (!principal) {
    throw new ApiError("unauthorized", undefined, {
      headers: { "WWW-Authenticate": 'Bearer realm="bluehour"' },
    });
  }
  context.set("principal", principal);
  await next();
});
