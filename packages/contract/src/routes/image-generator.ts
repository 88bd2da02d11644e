import { Hono } from "hono";
import { ApiError } from "../api-error.ts";
import type { AppEnv } from "../app-env.ts";
import { imageGeneratorRequestSchema } from "../image-request.ts";
import { jsonBody, limitBody, requireJson } from "../json-body.ts";
import { preferredWaitSeconds } from "../prefer.ts";

const MAX_KEY_LENGTH = 255;

/** `POST /v1/ai-image-generator`: creates a job; answers once it is durable. */
export const imageGeneratorRoutes = new Hono<AppEnv>().post(
  "/",
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
    const { created, replayed } = await service.createImage(principal, context.req.valid("json"), {
      idempotencyKey,
      requestId: context.get("requestId"),
    });
    context.header("Location", `/v1/image-projects/${created.id}`);
    if (replayed) context.header("Idempotent-Replayed", "true");

    const seconds = preferredWaitSeconds(context.req.header("prefer"));
    if (seconds === null) return context.json(created, 200);
    context.header("Preference-Applied", `wait=${seconds}`);
    const project = await service.getProject(principal, created.id, seconds * 1000);
    return context.json({ ...created, project }, 200);
  },
);
