import { Hono } from "hono";
import { allowAdmission } from "../allow.ts";
import { ApiError } from "../api-error.ts";
import type { AppEnv } from "../app-env.ts";
import { imageGeneratorRequestSchema } from "../image-request.ts";
import { jsonBody, limitBody, requireJson } from "../json-body.ts";
import { preferredWaitSeconds } from "../prefer.ts";
import { rateLimitHeaders } from "../rate-limit.ts";

const MAX_KEY_LENGTH = 255;

/** `POST /v1/ai-image-generator`: creates a job; answers once it is durable. */
export const imageGeneratorRoutes = new Hono<AppEnv>().post(
  "/",
  allowAdmission("generate"),
  limitBody,
  requireJson,
  jsonBody(imageGeneratorRequestSchema),
  async (context) => {
    const service = context.get("service");
    const principal = context.get("principal");
    const idempotencyKey = context.req.header("idempotency-key");
    if (idempotencyKey !== undefined && (idempotencyKey === "" || idempotencyKey.length > MAX_KEY_LENGTH)) {
      throw new ApiError("invalid_request", `Idempotency-Key must have 1 to ${MAX_KEY_LENGTH} characters`);
    }
    const { created, replayed, rateLimit } = await service.createImage(principal, context.req.valid("json"), {
      idempotencyKey,
      requestId: context.get("requestId"),
    });
    context.header("Location", `/v1/image-projects/${created.id}`);
    if (replayed) context.header("Idempotent-Replayed", "true");
    if (rateLimit) {
      for (const [name, value] of Object.entries(rateLimitHeaders(rateLimit))) context.header(name, value);
    }

    const seconds = preferredWaitSeconds(context.req.header("prefer"));
    // A preference may be ignored, and one to see the job is not for a token that may only create.
    if (seconds === null || !principal.scopes.includes("read")) return context.json(created, 200);
    context.header("Preference-Applied", `wait=${seconds}`);
    const project = await service.getProject(principal, created.id, seconds * 1000);
    return context.json({ ...created, project }, 200);
  },
);
