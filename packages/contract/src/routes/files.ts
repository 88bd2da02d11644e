import { Hono } from "hono";
import { allow } from "../allow.ts";
import type { AppEnv } from "../app-env.ts";
import { jsonBody, limitBody, requireJson } from "../json-body.ts";
import { checkExtensions, uploadUrlsRequestSchema } from "../upload-urls.ts";

/** `POST /v1/files/upload-urls`: where to upload the images that an edit works from. */
export const fileRoutes = new Hono<AppEnv>().post(
  "/upload-urls",
  allow("upload"),
  limitBody,
  requireJson,
  jsonBody(uploadUrlsRequestSchema),
  async (context) => {
    const request = context.req.valid("json");
    checkExtensions(request);
    const urls = await context.get("service").createUploadUrls(context.get("principal"), request);
    return context.json(urls, 200);
  },
);
