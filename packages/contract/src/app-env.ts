import type { RequestIdVariables } from "hono/request-id";
import type { Principal } from "./principal.ts";
import type { Service } from "./service.ts";

/** What the middleware leaves on the context for the handlers. */
export type AppEnv = {
  Variables: RequestIdVariables & { service: Service; principal: Principal };
};
