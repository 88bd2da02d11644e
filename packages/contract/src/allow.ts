import { createMiddleware } from "hono/factory";
import { ApiError } from "./api-error.ts";
import type { AppEnv } from "./app-env.ts";
import { unauthorized } from "./authenticate.ts";
import type { Principal, Scope } from "./principal.ts";

/**
 * Lets through tokens that allow something, unless they were revoked. Every route below `/v1` begins with it.
 *
 * @throws ApiError `forbidden` for a token without the scope, `unauthorized` for one that was revoked
 */
export function allow(scope: Scope) {
  return createMiddleware<AppEnv>(async (context, next) => {
    const principal = context.get("principal");
    requireScope(principal, scope);
    if (!(await context.get("service").stands(principal))) throw unauthorized();
    await next();
  });
}

/**
 * As `allow`, for routes that admit a job: there the admission itself looks whether the token still stands, in the
 * same transaction that charges it, so that asking beforehand would only cost a call.
 */
export function allowAdmission(scope: Scope) {
  return createMiddleware<AppEnv>(async (context, next) => {
    requireScope(context.get("principal"), scope);
    await next();
  });
}

function requireScope({ scopes }: Principal, scope: Scope): void {
  if (scopes.includes(scope)) return;
  throw new ApiError("forbidden", `This token may not do this: it lacks the scope "${scope}"`);
}
