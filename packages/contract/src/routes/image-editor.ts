import { Hono } from "hono";
import { allowAdmission } from "../allow.ts";
import type { AppEnv } from "../app-env.ts";
import { imageEditorRequestSchema } from "../image-editor-request.ts";
import { jsonBody, limitBody, requireJson } from "../json-body.ts";
import { createJob } from "./create-job.ts";

/** `POST /v1/ai-image-editor`: creates a job that works from images; answers once it is durable. */
export const imageEditorRoutes = new Hono<AppEnv>().post(
  "/",
  allowAdmission("generate"),
  limitBody,
  requireJson,
  jsonBody(imageEditorRequestSchema),
  (context) => {
    const request = context.req.valid("json");
    return createJob(context, (options) =>
      context.get("service").editImage(context.get("principal"), request, options),
    );
  },
);
