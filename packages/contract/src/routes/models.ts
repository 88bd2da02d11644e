import { Hono } from "hono";
import { allow } from "../allow.ts";
import type { AppEnv } from "../app-env.ts";

/** `GET /v1/models`: what can be asked for as `model`, and what would make the rest available. */
export const modelRoutes = new Hono<AppEnv>().get("/", allow("read"), async (context) => {
  const models = await context.get("service").listModels();
  return context.json(models, 200);
});
