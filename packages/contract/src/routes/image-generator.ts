import { Hono } from "hono";
import { allowAdmission } from "../allow.ts";
import type { AppEnv } from "../app-env.ts";
import { imageGeneratorRequestSchema } from "../image-request.ts";
import { jsonBody, limitBody, requireJson } from "../json-body.ts";
import { createJob } from "./create-job.ts";

/** `POST /v1/ai-image-generator`: creates a job; answers once it is durable. */
export const imageGeneratorRoutes = new Hono<AppEnv>().post(
  "/",
  allowAdmission("generate"),
  limitBody,
  requireJson,
  jsonBody(imageGeneratorRequestSchema),
  (context) => {
    const request = context.req.valid("json");
    return createJob(context, (options) =>
      context.get("service").createImage(context.get("principal"), request, options),
    );
  },
);
